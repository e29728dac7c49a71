"""Codes and places in words, for all pages of this app."""

from __future__ import annotations

from collections.abc import Iterable

from ketenwijs.domain.reference import selectors as reference


def country_name(code: str) -> str:
    """A country in the reader's language; the code where the list does not know it."""
    found = reference.country(code)
    return found.name if found else code


def kind_name(code: str) -> str:
    """A kind of site; empty where none was chosen."""
    found = reference.site_kind(code)
    return found.name if found else code


def theme_names(codes: Iterable[str]) -> list[str]:
    """Themes in words, in the order given."""
    return [found.name if (found := reference.theme(code)) else code for code in codes]


def shown_places(places: Iterable[dict[str, str]]) -> list[str]:
    """Places as one line each: name, place, country."""
    lines = []
    for one in places:
        words = (one.get("name", ""), one.get("place", ""), country_name(one.get("country", "")))
        lines.append(", ".join(word for word in words if word))
    return lines
