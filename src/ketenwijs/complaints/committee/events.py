"""What the committee announces; packages above listen in their `receivers.py`."""

from django.dispatch import Signal

seat_ending = Signal()
"""Sent inside the transaction, before a seat ends. Arguments: seat. A receiver may refuse with a DomainError."""
