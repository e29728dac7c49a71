"""What cases announce; packages above listen in their `receivers.py`."""

from django.dispatch import Signal

case_erasing = Signal()
"""Sent inside the transaction, before a case is erased. Arguments: case."""
