"""What is compared of a row: its texts folded, kept as one string each so that a million fit in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .normalising import address_lines, name_lines, place_lines
from .records import Row
from .words import Words

_SEPARATOR = "\x1f"


class Form(NamedTuple):
    """The folded texts of one row."""

    name: str
    address: str
    place: str
    region: str

    @property
    def others(self) -> str:
        """All texts but the name, as one."""
        return f"{self.address} {self.place} {self.region}"


def forms_of(rows: Sequence[Row], words: Words) -> list[Form]:
    """The folded texts of many rows."""
    names = name_lines([row.name for row in rows], words)
    addresses = address_lines([row.address for row in rows], words)
    places = place_lines([row.place for row in rows], words)
    for position, town in _towns_in_addresses(rows, words).items():
        places[position] = town
    regions = place_lines([row.region for row in rows], words)
    return [Form(*parts) for parts in zip(names, addresses, places, regions, strict=True)]


def _towns_in_addresses(rows: Sequence[Row], words: Words) -> dict[int, str]:
    """By position: the last part of an address that is a known town, for rows whose place stands there alone."""
    parts = [
        (position, part)
        for position, row in enumerate(rows)
        if not row.place and "," in row.address
        for part in row.address.split(",")[1:]
        if not any(sign.isdigit() for sign in part)
    ]
    folded = place_lines([part for _, part in parts], words)
    return {position: town for (position, _), town in zip(parts, folded, strict=True) if town in words.towns}


def pack_texts(form: Form) -> str:
    """All texts but the name, as one string; its separator counts as white space to what compares words."""
    return _SEPARATOR.join(form[1:])


def unpack_form(name: str, texts: str) -> Form:
    """The form of a name and what `pack_texts` wrote."""
    return Form(name, *texts.split(_SEPARATOR))


def is_blank(texts: str) -> bool:
    """True where packed texts hold nothing."""
    return len(texts) == len(Form._fields) - 2
