"""The public copy of the quarry areas: countries and areas, never a firm, a chain or a volume."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict

from ketenwijs.domain.chains.selectors.areas import AreasPreview
from ketenwijs.foundation.publishing.kinds import PublicationKind, register_publication_kind

KIND = "chains.quarry_areas"


class PublicCountry(BaseModel):
    """One country. `members` is null where too few member companies contribute.

    `has_rest`: also other or unknown places.
    """

    model_config = ConfigDict(extra="forbid")

    country: str
    areas: list[str]
    members: int | None
    has_rest: bool


class PublicQuarryAreas(BaseModel):
    """The areas of one report year. `minimum` is from how many members on a number is shown."""

    model_config = ConfigDict(extra="forbid")

    agreement: str
    year: str
    as_of: date
    areas_named: bool
    minimum: int
    countries: list[PublicCountry]
    is_example: bool


def public_areas(preview: AreasPreview, as_of: date) -> PublicQuarryAreas:
    """What would become public of a preview; page and publication both use this."""
    return PublicQuarryAreas(
        agreement=preview.agreement.slug,
        year=preview.year.code,
        as_of=as_of,
        areas_named=preview.terms.names,
        minimum=preview.terms.minimum,
        countries=[
            PublicCountry(country=one.country, areas=list(one.areas), members=one.members, has_rest=one.has_rest)
            for one in preview.countries
        ],
        is_example=preview.holds_examples,
    )


def register() -> None:
    """Add this app's kind of public copy; the key is the agreement's slug."""
    register_publication_kind(PublicationKind(KIND, PublicQuarryAreas, address=lambda key: f"/{key}/quarry-areas/"))
