"""What cases announce; packages above listen in their `receivers.py`."""

from django.dispatch import Signal

case_erasing = Signal()
"""Sent inside the transaction, before a case is erased. Arguments: case."""

numbers_given = Signal()
"""Sent before a case gets a number. Answers: the highest number that was ever given in order (below
`rules.FIRST_APART`), as far as the receiver knows."""
