"""Quarry areas of all members of an agreement in a report year, exactly as they would be published."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.rules import ReportYear
from ketenwijs.domain.agreements.selectors import definition_of, members_of
from ketenwijs.domain.chains import policies
from ketenwijs.domain.chains.alike import MEMBER, SITE, SUPPLIER, names_alike
from ketenwijs.domain.chains.models import AreaName, Chain, Link
from ketenwijs.domain.chains.populations import Known, cells_too_close, known_members
from ketenwijs.domain.chains.publications import KIND, Inputs, frozen_areas
from ketenwijs.domain.chains.rules import QUARRY, AreasOfCountry, AreaSource, AreaTerms, quarry_areas
from ketenwijs.domain.chains.rules.areas import Cell, area_key
from ketenwijs.domain.chains.selectors.locations import AREA
from ketenwijs.domain.participants.rules import Company, one_number_per_group
from ketenwijs.foundation.access.fence import fenced_to_agreement
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.publishing.selectors import with_inputs


@dataclass(frozen=True)
class AlikeArea:
    """An area whose name is also somebody's; `kinds` says whose: a supplier's, a site's, a member's."""

    country: str
    area: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class AreasPreview:
    """What would become public. `members` took part in the year, `contributors` of them have chains in it.

    `withheld` are numbers that an earlier release forbids, with its day; `undecided` are names that stop the release until
    somebody decided on them, `decided` what was decided about names before.
    """

    agreement: Agreement
    year: ReportYear
    terms: AreaTerms
    sources: list[AreaSource]
    countries: list[AreasOfCountry]
    members: int
    contributors: int
    unplaced: int
    holds_examples: bool
    known: Known
    withheld: dict[Cell, date]
    undecided: list[AlikeArea]
    decided: list[AreaName]


@dataclass(frozen=True)
class Everybody:
    """All that ever were members, and those of a year. Names are for comparing, never for showing."""

    known: Known
    groups: Mapping[int, int]
    names: list[str]
    in_year: dict[int, bool]
    """The members of the year by organisation, and whether each is an example."""


def terms_of(agreement: Agreement) -> AreaTerms:
    """Names and minimum as the agreement's content decides."""
    rules = definition_of(agreement).publication
    return AreaTerms(names=rules.areas_named, minimum=rules.minimum_contributors, named_from=rules.areas_named_from)


def everybody_of(viewer: Viewer, agreement: Agreement, year: ReportYear) -> Everybody:
    """Members of all times with their marks and company groups. One query; the caller has asked for the right."""
    rows = members_of(viewer, agreement).values_list(
        "organisation_id",
        "organisation__name",
        "organisation__holding",
        "organisation__is_example",
        "joined_on",
        "left_on",
    )
    companies: dict[int, Company] = {}
    in_year: dict[int, bool] = {}
    for pk, name, holding, is_example, joined_on, left_on in rows:
        companies[pk] = Company(pk, name, holding)
        if joined_on <= year.ends_on and (left_on is None or left_on >= year.starts_on):
            in_year[pk] = is_example
    groups = one_number_per_group(companies.values())
    names = [one.name for one in companies.values()]
    return Everybody(known_members(agreement.slug, groups), groups, names, in_year)


def areas_preview(viewer: Viewer, agreement: Agreement, year: ReportYear) -> AreasPreview | None:
    """The preview for those who may release it, else None. A fixed number of queries; volumes are not even read."""
    if not policies.may_release_areas(viewer, agreement):
        return None
    everybody = everybody_of(viewer, agreement, year)
    with fenced_to_agreement(agreement.pk):
        decided = list(AreaName.objects.filter(agreement=agreement).order_by("country", "area"))
    sources = _as_named(_sources(agreement, year, everybody), decided)
    contributors = {source.organisation for source in sources}
    terms = terms_of(agreement)
    withheld = cells_too_close(sources, with_inputs(KIND, agreement.slug), everybody.known, terms.minimum)
    countries = quarry_areas(sources, terms, withheld)
    return AreasPreview(
        agreement=agreement,
        year=year,
        terms=terms,
        sources=sources,
        countries=countries,
        members=len(everybody.in_year),
        contributors=len(contributors),
        unplaced=len({source.organisation for source in sources if not source.country}),
        holds_examples=any(everybody.in_year[pk] for pk in contributors),
        known=everybody.known,
        withheld=withheld,
        undecided=_undecided(agreement, year, everybody, countries, decided),
        decided=decided,
    )


def frozen(preview: AreasPreview, as_of: date) -> Inputs:
    """What a release on a day would freeze; the public list follows from it alone."""
    return frozen_areas(
        preview.sources, preview.terms, agreement=preview.agreement.slug, year=preview.year.code, as_of=as_of,
        is_example=preview.holds_examples, marks=preview.known.marks, withheld=preview.withheld,
    )  # fmt: skip


def names_in_use(agreement: Agreement, year: ReportYear, everybody: Everybody) -> dict[str, list[str]]:
    """Every name in the chains that members hand in for the year, by kind. Two queries."""
    chains = Chain.objects.filter(year=year.code, organisation_id__in=list(everybody.in_year))
    chains = chains.exclude(left_out__agreement=agreement)
    links = Link.objects.filter(chain__year=year.code, chain__organisation_id__in=list(everybody.in_year))
    # Of a site with the name of its own place only the area is known: that is the area's name, not the site's.
    links = links.exclude(chain__left_out__agreement=agreement).exclude(site=None).exclude(site__kind=AREA)
    links = links.exclude(site__name=F("site__place"))
    return {
        SUPPLIER: list(chains.values_list("supplier__name", flat=True).distinct()),
        SITE: list(links.values_list("site__name", flat=True).distinct()),
        MEMBER: everybody.names,
    }


def is_alike(viewer: Viewer, agreement: Agreement, year: ReportYear, name: str) -> bool:
    """Whether a name for an area is also that of a supplier, a site or a member; for who may release areas."""
    if not policies.may_release_areas(viewer, agreement):
        return False
    return bool(names_alike([name], names_in_use(agreement, year, everybody_of(viewer, agreement, year))))


def _sources(agreement: Agreement, year: ReportYear, everybody: Everybody) -> list[AreaSource]:
    found = Link.objects.filter(kind=QUARRY, chain__year=year.code, chain__organisation_id__in=list(everybody.in_year))
    found = found.exclude(chain__left_out__agreement=agreement)
    rows = found.values_list("chain__organisation_id", "country", "site__country", "site__place", "may_name_area")
    return [
        AreaSource(owner, in_site or stated, place or "", may_name, everybody.groups[owner])
        for owner, stated, in_site, place, may_name in rows.distinct()
    ]


def _as_named(sources: Sequence[AreaSource], decided: Sequence[AreaName]) -> list[AreaSource]:
    names = {(one.country, one.area): one.published_as for one in decided if not _is_confirmed(one)}
    return [replace(source, area=names.get((source.country, area_key(source.area)), source.area)) for source in sources]


def _undecided(
    agreement: Agreement, year: ReportYear, everybody: Everybody, countries: Sequence[AreasOfCountry],
    decided: Collection[AreaName],
) -> list[AlikeArea]:  # fmt: skip
    """Names that would be published and are somebody's, without anybody having confirmed them."""
    confirmed = {(one.country, one.area) for one in decided if _is_confirmed(one)}
    named = [
        (one.country, area) for one in countries for area in one.areas if (one.country, area_key(area)) not in confirmed
    ]
    found = names_alike([area for _country, area in named], names_in_use(agreement, year, everybody))
    return [AlikeArea(country, area, tuple(found[area])) for country, area in named if area in found]


def _is_confirmed(one: AreaName) -> bool:
    return area_key(one.published_as) == one.area
