"""Countries, stones and stages as this app offers them, in the reader's language."""

from __future__ import annotations

from ketenwijs.domain.reference import selectors as reference


def country_codes() -> set[str]:
    """Codes of all countries."""
    return {one.code for one in reference.countries()}


def material_codes() -> set[str]:
    """Codes of all kinds of stone."""
    return {one.code for one in reference.materials()}


def countries() -> list[tuple[str, str]]:
    """Code and name of all countries by name."""
    return sorted(((one.code, one.name) for one in reference.countries()), key=lambda pair: pair[1].casefold())


def materials() -> list[tuple[str, str]]:
    """Code and name of all kinds of stone by name."""
    return sorted(((one.code, one.name) for one in reference.materials()), key=lambda pair: pair[1].casefold())


def names() -> dict[str, str]:
    """Names of countries and stones by code."""
    return {**dict(countries()), **dict(materials())}


def country_name(code: str) -> str:
    """A country in the reader's language; the code where it is not in the list, empty for none."""
    found = reference.country(code)
    return found.name if found else code


def material_name(code: str) -> str:
    """A kind of stone in the reader's language; the code where it is not in the list, empty for none."""
    found = reference.material(code)
    return found.name if found else code


def stage_of(site_kind: str) -> str | None:
    """Code of the stage that happens at a kind of site."""
    found = reference.stage_of_site_kind(site_kind)
    return found.code if found else None


def site_kinds() -> list[tuple[str, str]]:
    """Code and name of all kinds of site, in the order of the list."""
    return [(one.code, one.name) for one in reference.site_kinds()]


def site_kind_name(code: str) -> str:
    """A kind of site in the reader's language; the code where it is not in the list."""
    found = reference.site_kind(code)
    return found.name if found else code
