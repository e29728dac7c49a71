"""Reading the code lists; each file is parsed once per process and every item carries its name in the active
language.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import yaml
from django.conf import settings
from django.utils.translation import get_language
from pydantic import BaseModel

from ketenwijs.domain.reference.complaints import complaints_door as complaints_door
from ketenwijs.domain.reference.definitions import (
    CountriesFile,
    CountryBoxesFile,
    EeaFile,
    MaterialsFile,
    OrganisationKindsFile,
    SiteKindsFile,
    StagesFile,
    ThemesFile,
)
from ketenwijs.domain.reference.provinces import Province as Province
from ketenwijs.domain.reference.provinces import provinces_of as provinces_of
from ketenwijs.foundation.content.texts import LANGUAGES, Texts

FileShape = TypeVar("FileShape", bound=BaseModel)


@dataclass(frozen=True)
class Item:
    """One code with its names."""

    code: str
    names: Texts

    @property
    def name(self) -> str:
        """The name in the active language."""
        return str(self.names)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Theme(Item):
    """A risk theme; `family` is people or green, `short` explains it in one line."""

    family: str
    short: Texts


@dataclass(frozen=True)
class Stage(Item):
    """A stage of a chain with the kinds of site at which it happens."""

    site_kinds: tuple[str, ...]


@dataclass(frozen=True)
class OrganisationKind(Item):
    """A kind of organisation with its trades or kinds of authority."""

    subkinds: tuple[Item, ...]


@dataclass(frozen=True)
class WideItem:
    """A country or material: many names per language, of which the first is shown."""

    code: str
    shown: tuple[str, str, str]
    all_names: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name in the active language, Dutch for a language that is not offered."""
        language = (get_language() or "nl")[:2]
        return self.shown[LANGUAGES.index(language) if language in LANGUAGES else 0]

    @property
    def names(self) -> dict[str, str]:
        """The shown name per language, for public copies."""
        return dict(zip(LANGUAGES, self.shown, strict=True))

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Country(WideItem):
    """A country or area of ISO 3166-1; `code` is its two-letter code."""

    alpha3: str


@dataclass(frozen=True)
class Material(WideItem):
    """A kind of stone."""


def countries() -> list[Country]:
    """All countries by code."""
    return list(_countries().values())


def country(code: str) -> Country | None:
    """One country by its two-letter code."""
    return _countries().get(code)


def materials() -> list[Material]:
    """All materials in the order of the file."""
    return list(_materials().values())


def material(code: str) -> Material | None:
    """One material by code."""
    return _materials().get(code)


def themes() -> list[Theme]:
    """All risk themes in the order of the file; an agreement uses some of them."""
    return list(_themes().values())


def theme(code: str) -> Theme | None:
    """One theme by code."""
    return _themes().get(code)


def stages() -> list[Stage]:
    """All stages of a chain in order."""
    return list(_stages().values())


def stage(code: str) -> Stage | None:
    """One stage by code."""
    return _stages().get(code)


def stage_of_site_kind(code: str) -> Stage | None:
    """The stage that happens at a kind of site."""
    return next((one for one in stages() if code in one.site_kinds), None)


def site_kinds() -> list[Item]:
    """All kinds of site in order."""
    return list(_site_kinds().values())


def site_kind(code: str) -> Item | None:
    """One kind of site by code."""
    return _site_kinds().get(code)


def organisation_kinds() -> list[OrganisationKind]:
    """All kinds of organisation."""
    return list(_organisation_kinds().values())


def organisation_kind(code: str) -> OrganisationKind | None:
    """One kind of organisation by code."""
    return _organisation_kinds().get(code)


def in_eea(country_code: str, day: date) -> bool:
    """Whether a country belonged to the European Economic Area on a day, its first and last day included."""
    return any(since <= day and (until is None or day <= until) for since, until in _eea().get(country_code, ()))


def may_lie_in(country_code: str, latitude: float, longitude: float) -> bool:
    """Whether a point (decimal degrees) can lie in a country; true where the country's outline is not known.

    The boxes around a country are wider than the country: this finds swapped or mistyped figures, no near misses.
    """
    boxes = _boxes().get(country_code)
    if not boxes:
        return True
    return any(south <= latitude <= north and west <= longitude <= east for south, west, north, east in boxes)


def forget() -> None:
    """Drop what this process has read; for tests that read other content."""
    for reader in (_countries, _materials, _themes, _stages, _site_kinds, _organisation_kinds, _eea, _boxes):
        reader.cache_clear()


@lru_cache(maxsize=1)
def _countries() -> dict[str, Country]:
    found = _read("country-names.yaml", CountriesFile).countries
    return {
        code: Country(code, _shown(one), (code, one.alpha3, *_every(one)), one.alpha3) for code, one in found.items()
    }


@lru_cache(maxsize=1)
def _materials() -> dict[str, Material]:
    found = _read("material-names.yaml", MaterialsFile).materials
    return {code: Material(code, _shown(one), (code, *_every(one))) for code, one in found.items()}


@lru_cache(maxsize=1)
def _themes() -> dict[str, Theme]:
    found = _read("themes.yaml", ThemesFile).themes
    return {one.code: Theme(one.code, one.name, one.family, one.short) for one in found}


@lru_cache(maxsize=1)
def _stages() -> dict[str, Stage]:
    return {one.code: Stage(one.code, one.name, one.site_kinds) for one in _read("stages.yaml", StagesFile).stages}


@lru_cache(maxsize=1)
def _site_kinds() -> dict[str, Item]:
    return {one.code: Item(one.code, one.name) for one in _read("site-kinds.yaml", SiteKindsFile).site_kinds}


@lru_cache(maxsize=1)
def _organisation_kinds() -> dict[str, OrganisationKind]:
    return {
        one.code: OrganisationKind(one.code, one.name, tuple(Item(sub.code, sub.name) for sub in one.subkinds))
        for one in _read("organisation-kinds.yaml", OrganisationKindsFile).kinds
    }


@lru_cache(maxsize=1)
def _eea() -> dict[str, list[tuple[date, date | None]]]:
    times: dict[str, list[tuple[date, date | None]]] = {}
    for one in _read("eea.yaml", EeaFile).members:
        times.setdefault(one.country, []).append((one.since, one.until))
    return times


def _read(name: str, shape: type[FileShape]) -> FileShape:
    text = (Path(settings.CONTENT_DIR) / "reference" / name).read_text("utf-8")
    return shape.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))  # noqa: S506 - a safe loader


def _shown(one: BaseModel) -> tuple[str, str, str]:
    nl, fr, en = (getattr(one, language)[0] for language in LANGUAGES)
    return nl, fr, en


def _every(one: BaseModel) -> tuple[str, ...]:
    return tuple(name for language in (*LANGUAGES, "de", "other") for name in getattr(one, language))


@lru_cache(maxsize=1)
def _boxes() -> dict[str, tuple[tuple[int, int, int, int], ...]]:
    return _read("country-boxes.yaml", CountryBoxesFile).boxes
