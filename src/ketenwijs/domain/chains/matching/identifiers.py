"""Reads the identifiers of a site: schemes with values, several in one cell."""

from __future__ import annotations

import re
from functools import lru_cache

_BETWEEN = re.compile(r"[;,|]|\s{2,}")
_SCHEME = re.compile(r"^\s*([A-Za-z][A-Za-z .\-/]{0,24}?)\s*[:=#]\s*(.+)$")
_SCHEME_BEFORE_SPACE = re.compile(r"^\s*([A-Za-z]{3,}|[A-Za-z]+(?: [A-Za-z]+)+)\s+(\S*[0-9]\S*)\s*$")
_MARKS = re.compile(r"[^0-9A-Z]")
_SHORTEST = 4
# Schemes whose number names a firm, which may have several sites: legal entity, trade register, tax.
FIRM_SCHEMES = frozenset({
    "LEI", "KVK", "KBO", "BCE", "EUID", "VAT", "BTW", "TVA", "MWST", "UST", "USTID", "USCC", "CNPJ", "NIF", "CIF", "NIT",
    "RUC", "MST", "TAX", "TAXID", "VKN", "CIN", "PAN", "IEC", "DUNS", "UEN", "SIREN", "CRN", "COMPANYNO", "REGNO", "KRS",
    "NIP", "REGON",
})  # fmt: skip


@lru_cache(maxsize=50_000)
def read_identifiers(cell: str) -> tuple[tuple[str, str], ...]:
    """Pairs of scheme (empty where none is written) and value, both in capitals without marks.

    Values of fewer than four signs or without a figure ("pending") tell nothing and are left out. Parts are divided by
    `;`, `,`, `|` or wide space.
    """
    found: list[tuple[str, str]] = []
    for part in _BETWEEN.split(cell):
        match = _SCHEME.match(part) or _SCHEME_BEFORE_SPACE.match(part)
        scheme, value = (match.group(1), match.group(2)) if match else ("", part)
        value = _MARKS.sub("", value.upper())
        if len(value) >= _SHORTEST and any(sign.isdigit() for sign in value):
            found.append((_MARKS.sub("", scheme.upper()), value))
    return tuple(found)


def identifier_keys(cell: str) -> list[str]:
    """The values alone: what is looked up, whatever the scheme is called in either list."""
    return [value for _, value in read_identifiers(cell)]
