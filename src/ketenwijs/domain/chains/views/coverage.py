"""Coverage over all members of an agreement, for its secretariat: as a whole, per group, country and stone."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ketenwijs.domain.agreements.selectors import (
    agreement_for,
    agreements_of,
    definition_of,
    report_year,
    report_years,
    working_year,
)
from ketenwijs.domain.chains import choices, pictures, policies
from ketenwijs.domain.chains.rules import CoverageOf, coverage_by, coverage_of
from ketenwijs.domain.chains.selectors import chains_of_members
from ketenwijs.domain.chains.selectors.coverage import members_coverage_over_years
from ketenwijs.domain.chains.views.showing import amount_in_words, shown_coverage
from ketenwijs.foundation.access.pages import ViewerRequest, needs
from ketenwijs.foundation.access.viewer import agreement_scope

WHOLE_TONNES = 0


@needs(policies.READ_MEMBERS)
@require_GET
def home(request: ViewerRequest) -> HttpResponse:
    """The agreements whose coverage this person may see; with one, straight to its year."""
    viewer = request.viewer
    found = [one for one in agreements_of(viewer) if viewer.holds(policies.READ_MEMBERS, agreement_scope(one.slug))]
    places = [(one, year) for one in found if (year := working_year(one, timezone.localdate()))]
    if len(places) == 1:
        return redirect("chains:coverage", places[0][0].slug, places[0][1].code)
    lines = [(definition_of(one).name, one, year) for one, year in places]
    return render(request, "chains/coverage_home.html", {"lines": lines})


@needs(policies.READ_MEMBERS)
@require_GET
def coverage(request: ViewerRequest, agreement: str, year: str) -> HttpResponse:
    """How much of the members' chains is known, each figure with its definition and what has no figure."""
    found = agreement_for(request.viewer, agreement)
    report = report_year(found, year) if found else None
    read = chains_of_members(request.viewer, found, report) if found and report else None
    if found is None or report is None or read is None:
        raise Http404
    names = {one.code: one.name for one in definition_of(found).groups}
    today = timezone.localdate()
    whole = coverage_of(read.chains)
    context = {
        "agreement": found,
        "year": report,
        "years": [one for one in report_years(found) if one.starts_on <= today],
        "read": read,
        "contributors": len({one.organisation for one in read.chains}),
        "together": policies.may_match_sites(request.viewer, found),
        "over_years": members_coverage_over_years(request.viewer, found),
        "covered": shown_coverage(whole, pictures.bar_of),
        "tables": [
            (_("Per group"), _lines(coverage_by(read.chains, lambda one: read.group_of.get(one.organisation, "")),
                                    lambda code: str(names[code]) if code in names else _("no group"))),
            (_("Per country of origin"), _lines(coverage_by(read.chains, lambda one: one.country),
                                                lambda code: choices.country_name(code) or _("not stated"))),
            (_("Per stone"), _lines(coverage_by(read.chains, lambda one: one.material),
                                    lambda code: choices.material_name(code) or _("not stated"))),
            (_("Per member"), _lines(coverage_by(read.chains, lambda one: str(one.organisation)),
                                     lambda code: read.name_of.get(int(code), ""))),
        ],
    }  # fmt: skip
    return render(request, "chains/coverage.html", context)


def _lines(rows: list[CoverageOf], name_of: Callable[[str], str]) -> list[dict[str, object]]:
    """Rows of one table in words; a share without a whole stays empty."""
    return [
        {
            "name": name_of(one.code),
            "firms": one.firms,
            "chains": one.coverage.chains,
            "suppliers": one.coverage.suppliers.number.percentage,
            "factories": one.coverage.factories.number.percentage,
            "quarries": one.coverage.quarries.number.percentage,
            "tonnes": amount_in_words(one.coverage.quarries.tonnes.total, WHOLE_TONNES),
            "factories_tonnes": one.coverage.factories.tonnes.percentage,
            "quarries_tonnes": one.coverage.quarries.tonnes.percentage,
            "factories_value": one.coverage.factories.value.percentage,
            "quarries_value": one.coverage.quarries.value.percentage,
        }
        for one in rows
    ]
