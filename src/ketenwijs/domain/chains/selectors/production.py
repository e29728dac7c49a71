"""Production locations of all members of an agreement that asks for a combined list, exactly as it would be published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ketenwijs.domain.agreements.definitions.agreement import LocationList
from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.rules import ReportYear
from ketenwijs.domain.agreements.selectors import definition_of, publication_rules_of
from ketenwijs.domain.chains import policies
from ketenwijs.domain.chains.models import LeftOut, Link, SharedSite
from ketenwijs.domain.chains.populations import list_too_close
from ketenwijs.domain.chains.publications import LOCATIONS_KIND, Inputs, frozen_locations
from ketenwijs.domain.chains.rules.locations import LocationSource, list_day, listed_locations
from ketenwijs.domain.chains.selectors.areas import everybody_of
from ketenwijs.domain.chains.selectors.locations import AREA, running_matches, secretariat_of
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.publishing.selectors import history, with_inputs


@dataclass(frozen=True)
class LocationsPreview:
    """What a release would be worked out from. `contributors` of the `members` name at least one location; they belong to
    `groups` different company groups. `too_close` is the day of an earlier list that this one must not follow.
    """

    agreement: Agreement
    year: ReportYear
    rules: LocationList
    as_of: date
    minimum: int
    members: int
    contributors: int
    groups: int
    inputs: Inputs
    too_close: date | None

    @property
    def may_appear(self) -> bool:
        """Whether no rule about few companies stops the release."""
        return self.groups >= self.minimum and self.too_close is None


def location_list_of(agreement: Agreement) -> LocationList | None:
    """The rules of the agreement's list of production locations; None where it asks for none."""
    return definition_of(agreement).publication.location_list


def asks_for_locations(slugs: Iterable[str]) -> bool:
    """Whether one of these agreements asks for a list; for menus. Reads only what is cached."""
    found = (publication_rules_of(slug) for slug in slugs)
    return any(one is not None and one.location_list is not None for one in found)


def locations_preview(viewer: Viewer, agreement: Agreement, year: ReportYear, today: date) -> LocationsPreview | None:
    """The preview for those who may release it, else None. A fixed number of queries."""
    rules = location_list_of(agreement)
    if rules is None or not policies.may_release_areas(viewer, agreement):
        return None
    everybody = everybody_of(viewer, agreement, year)
    members = everybody.in_year
    with secretariat_of(viewer, agreement) as allowed:
        if not allowed:
            return None
        sources, has_rest = _sources(agreement, year, list(members), rules)
    contributors = {one.organisation for one in sources if one.may_name}
    as_of = list_day(today, rules.month, rules.day)
    before = next((one for one in history(LOCATIONS_KIND, agreement.slug)[:1] if not one.is_withdrawal), None)
    minimum = definition_of(agreement).publication.minimum_contributors
    inputs = frozen_locations(
        sources, rules.site_kinds, before.payload if before else None, agreement=agreement.slug, year=year.code,
        as_of=as_of, has_rest=has_rest, is_example=any(members[one] for one in contributors),
        marks=everybody.known.marks,
    )  # fmt: skip
    lines = {one.code for one in listed_locations(sources, rules.site_kinds)}
    earlier = with_inputs(LOCATIONS_KIND, agreement.slug)
    return LocationsPreview(
        agreement, year, rules, as_of, minimum, len(members), len(contributors),
        groups=len({everybody.groups[one] for one in contributors}),
        inputs=inputs,
        too_close=list_too_close(sources, lines, earlier, everybody.known, minimum),
    )  # fmt: skip


def _sources(
    agreement: Agreement, year: ReportYear, members: list[int], rules: LocationList
) -> tuple[list[LocationSource], bool]:
    """Known sites of the kinds on the list, and whether there are others that are not known or not to be named."""
    links = Link.objects.filter(chain__year=year.code, chain__organisation__in=members)
    links = links.exclude(chain__in=LeftOut.objects.filter(agreement=agreement).values("chain"))
    locations = SharedSite.objects.filter(agreement=agreement).in_bulk()
    matched = dict(running_matches(agreement).values_list("site_id", "shared__current"))
    found: set[LocationSource] = set()
    has_rest = False
    for link in links.select_related("site", "chain"):
        site = link.site
        if site is None or site.kind == AREA or not site.name or site.name == site.place:
            has_rest |= link.kind in rules.site_kinds
            continue
        shared = locations.get(matched.get(site.pk) or 0)
        one = shared or site
        if one.kind in rules.site_kinds:
            has_rest |= not link.may_name_area
            found.add(
                LocationSource(
                    organisation=link.chain.organisation_id, kind=one.kind, name=one.name, place=one.place,
                    country=one.country or link.country, may_name=link.may_name_area,
                    latitude=_degrees(shared and shared.latitude), longitude=_degrees(shared and shared.longitude),
                )
            )  # fmt: skip
    return sorted(found, key=str), has_rest


def _degrees(value: object) -> float | None:
    return None if value is None else float(str(value))
