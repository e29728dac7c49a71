"""Numbers of places: how each scheme is written, and whether a number can be one of it."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum import ean, lei

LONGEST = 60
_OS_ID = re.compile(r"[A-Z]{2}\d{7}[A-Z0-9]{6}")
_FAULTS: dict[str, str | Promise] = {
    "os_id": _("An OS ID has two letters, seven digits and six letters or digits, for example CN2021250D1DTN7."),
    "lei": _("An LEI has 20 letters and digits, of which the last two are check digits. Look it up again."),
    "gln": _("A GLN has 13 digits, of which the last one is a check digit. Look it up again."),
    "licence": _("Fill in the number as it stands in the licence, at most 60 characters."),
}


def plain_number(scheme: str, value: str) -> str:
    """The number as it is kept: without spaces and marks; a licence only without double spaces."""
    return " ".join(value.split()) if scheme == "licence" else re.sub(r"[\s.\-]", "", value).upper()


def fault_of_number(scheme: str, value: str) -> str | Promise | None:
    """Why a number cannot be one of the scheme; None where it can."""
    checks = {
        "os_id": lambda: bool(_OS_ID.fullmatch(value)),
        "lei": lambda: lei.is_valid(value),
        "gln": lambda: len(value) == 13 and ean.is_valid(value),
        "licence": lambda: 0 < len(value) <= LONGEST,
    }
    if scheme not in checks:
        return _("Choose the kind of number from the list.")
    return None if checks[scheme]() else _FAULTS[scheme]
