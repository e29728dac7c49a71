"""What this app announces; apps above listen in their `receivers.py`."""

from django.dispatch import Signal

organisation_corrected = Signal()
"""Sent inside the transaction of the correction. Arguments: organisation, actor (a viewer)."""
