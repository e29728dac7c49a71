"""Names of quarry areas that are also the name of a supplier, a site or a member, read as the matcher reads names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ketenwijs.domain.chains.matching.normalising import name_lines
from ketenwijs.domain.chains.matching.words import load_words

SUPPLIER, SITE, MEMBER = "supplier", "site", "member"


def names_alike(areas: Iterable[str], names: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """For each area that is somebody's name the kinds of name it equals; `names` are all names by kind.

    A part of an area between commas counts as well, because a firm may write a name before its province.
    """
    listed = sorted(set(areas))
    parts = [(area, part.strip()) for area in listed for part in {area, *area.split(",")} if part.strip()]
    wanted: dict[str, set[str]] = {}
    for (area, _part), line in zip(parts, _lines([part for _area, part in parts]), strict=True):
        if line:
            wanted.setdefault(line, set()).add(area)
    found: dict[str, list[str]] = {}
    for kind, written in names.items():
        for line in set(_lines(sorted(set(written)))) & set(wanted) if wanted else ():
            for area in wanted[line]:
                if kind not in found.setdefault(area, []):
                    found[area].append(kind)
    return {area: found[area] for area in listed if area in found}


def _lines(texts: list[str]) -> list[str]:
    return name_lines(texts, load_words()) if texts else []
