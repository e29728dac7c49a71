"""Why something sealed is not accepted; the sentence for people is chosen by code where it is shown."""

from __future__ import annotations

DAMAGED = "damaged"
"""The envelope was cut, changed or is not for this key."""
NOT_GENUINE = "not_genuine"
"""The signature is missing, wrong, or of nobody who may write here."""
OUT_OF_PLACE = "out_of_place"
"""Genuine, but moved: another case, thread, epoch or place in the row, or something before it is missing."""
UNKNOWN_SUITE = "unknown_suite"
"""Sealed in a way this version does not know."""
LIST_NOT_SIGNED = "list_not_signed"
LIST_OLDER = "list_older"
LIST_OTHER_ROOT = "list_other_root"
RECEIPT_MISTYPED = "receipt_mistyped"
CODES = (
    DAMAGED,
    NOT_GENUINE,
    OUT_OF_PLACE,
    UNKNOWN_SUITE,
    LIST_NOT_SIGNED,
    LIST_OLDER,
    LIST_OTHER_ROOT,
    RECEIPT_MISTYPED,
)


class Refusal(Exception):
    """Not accepted; `code` is one of `CODES`. Carries no content."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
