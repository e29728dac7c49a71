"""What accounts announce; apps above listen in their `receivers.py`."""

from django.dispatch import Signal

invitation_accepted = Signal()
"""Sent inside the transaction. Arguments: invitation, person."""

signed_in = Signal()
"""Arguments: person."""

sign_in_failed = Signal()
"""Arguments: none; whom it was about is not told."""

second_factor_changed = Signal()
"""Arguments: person, what (a code)."""
