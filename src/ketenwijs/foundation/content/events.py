"""What content announces; apps above listen in their `receivers.py`."""

from django.dispatch import Signal

folder_applied = Signal()
"""Sent inside the transaction in which a whole folder was applied, never in a dry run. Arguments: actor (a viewer)."""
