"""Shapes of the code lists below `content/reference`."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from ketenwijs.foundation.content.texts import Texts


class Shape(BaseModel):
    """Unknown names are refused, values never change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Theme(Shape):
    """A risk theme. `family` says whether it is about people or nature ("green")."""

    code: str
    family: Literal["people", "green"]
    name: Texts
    short: Texts


class ThemesFile(Shape):
    """`reference/themes.yaml`"""

    identifier: str
    themes: tuple[Theme, ...]


class CodeName(Shape):
    """A code and its name."""

    code: str
    name: Texts


class StagesFile(Shape):
    """`reference/stages.yaml`: stages of the chain, with the site kinds at which they happen."""

    identifier: str
    stages: tuple[Stage, ...]


class Stage(CodeName):
    """One stage; `site_kinds` are codes of `site-kinds.yaml`."""

    site_kinds: tuple[str, ...] = ()


class SiteKindsFile(Shape):
    """`reference/site-kinds.yaml`"""

    identifier: str
    site_kinds: tuple[CodeName, ...]


class Subkind(CodeName):
    """A finer kind within an organisation kind."""


class OrganisationKind(CodeName):
    """Company, authority, party, supporter …, with its trades or kinds of authority."""

    subkinds: tuple[Subkind, ...] = ()


class OrganisationKindsFile(Shape):
    """`reference/organisation-kinds.yaml`"""

    identifier: str
    kinds: tuple[OrganisationKind, ...]


class EeaMember(Shape):
    """A country's time in the European Economic Area."""

    country: str
    since: date
    until: date | None = None


class EeaFile(Shape):
    """`reference/eea.yaml`"""

    identifier: str
    source: str
    members: tuple[EeaMember, ...]


class CountryNames(Shape):
    """Names of one country, the one to show first."""

    alpha3: str
    nl: tuple[str, ...]
    fr: tuple[str, ...]
    en: tuple[str, ...]
    de: tuple[str, ...]
    other: tuple[str, ...] = ()


class CountriesFile(Shape):
    """`reference/country-names.yaml`, also read by the sheet reader."""

    countries: dict[str, CountryNames]


class MaterialNames(Shape):
    """Names of one material, the one to show first."""

    nl: tuple[str, ...]
    fr: tuple[str, ...]
    en: tuple[str, ...]
    de: tuple[str, ...]
    other: tuple[str, ...] = ()


class MaterialsFile(Shape):
    """`reference/material-names.yaml`, also read by the sheet reader."""

    materials: dict[str, MaterialNames]


class IntakeWordsFile(BaseModel):
    """`reference/intake-words.yaml`: words by field, checked in full by the sheet reader that uses them."""

    model_config = ConfigDict(extra="allow", frozen=True)

    headings: dict[str, dict[str, tuple[str, ...]]]


class CountryBoxesFile(Shape):
    """`reference/country-boxes.yaml`: per country the boxes around its parts, in degrees south, west, north, east."""

    identifier: str
    boxes: dict[str, tuple[tuple[int, int, int, int], ...]]
