"""Quarry areas of all members of an agreement in a report year, exactly as they would be published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.rules import ReportYear
from ketenwijs.domain.agreements.selectors import definition_of, members_of
from ketenwijs.domain.chains import policies
from ketenwijs.domain.chains.models import Link
from ketenwijs.domain.chains.publications import Inputs, frozen_areas
from ketenwijs.domain.chains.rules import QUARRY, AreasOfCountry, AreaSource, AreaTerms, quarry_areas
from ketenwijs.foundation.access.viewer import Viewer


@dataclass(frozen=True)
class AreasPreview:
    """What would become public. `members` took part in the year, `contributors` of them have chains in it."""

    agreement: Agreement
    year: ReportYear
    terms: AreaTerms
    sources: list[AreaSource]
    countries: list[AreasOfCountry]
    members: int
    contributors: int
    unplaced: int
    holds_examples: bool


def terms_of(agreement: Agreement) -> AreaTerms:
    """Names and minimum as the agreement's content decides."""
    rules = definition_of(agreement).publication
    return AreaTerms(names=rules.areas_named, minimum=rules.minimum_contributors, named_from=rules.areas_named_from)


def areas_preview(viewer: Viewer, agreement: Agreement, year: ReportYear) -> AreasPreview | None:
    """The preview for those who may release it, else None. Two queries; volumes are not even read."""
    if not policies.may_release_areas(viewer, agreement):
        return None
    took_part = members_of(viewer, agreement).filter(joined_on__lte=year.ends_on).exclude(left_on__lt=year.starts_on)
    members = dict(took_part.values_list("organisation_id", "organisation__is_example"))
    found = Link.objects.filter(kind=QUARRY, chain__year=year.code, chain__organisation_id__in=list(members))
    found = found.exclude(chain__left_out__agreement=agreement)
    rows = found.values_list("chain__organisation_id", "country", "site__country", "site__place", "may_name_area")
    sources = [
        AreaSource(owner, in_site or stated, place or "", may_name)
        for owner, stated, in_site, place, may_name in rows.distinct()
    ]
    contributors = {source.organisation for source in sources}
    terms = terms_of(agreement)
    return AreasPreview(
        agreement=agreement,
        year=year,
        terms=terms,
        sources=sources,
        countries=quarry_areas(sources, terms),
        members=len(members),
        contributors=len(contributors),
        unplaced=sum(1 for source in sources if not source.country),
        holds_examples=any(members[pk] for pk in contributors),
    )


def frozen(preview: AreasPreview, as_of: date) -> Inputs:
    """What a release on a day would freeze; the public list follows from it alone."""
    return frozen_areas(
        preview.sources, preview.terms, agreement=preview.agreement.slug, year=preview.year.code, as_of=as_of,
        is_example=preview.holds_examples,
    )  # fmt: skip
