"""The way in: the agreements whose governance one reads, and the overview of one of them."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.governance import policies, presentation, selectors, wording
from ketenwijs.domain.governance.views.frame import agreement_or_404, framed
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in

LATEST = 5


@signed_in
def home(request: ViewerRequest) -> HttpResponse:
    """Straight to the only agreement, or a choice."""
    if not request.viewer.holds(policies.READ):
        raise Http404
    found = selectors.agreements_for(request.viewer)
    if len(found) == 1:
        return redirect("governance:overview", found[0].slug)
    lines = [(one, str(definition_of(one).name)) for one in found]
    return render(request, "governance/home.html", {"lines": lines})


@signed_in
def overview(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Who sits where, the next meeting, latest decisions, progress of commitments, and this year's budget."""
    found, today = agreement_or_404(request, agreement), timezone.localdate()
    definition = definition_of(found)
    sections = wording.sections(definition)
    bodies = [one for one in selectors.bodies_of(request.viewer, found) if one.exists_on(today)]
    lines = selectors.budget_of(request.viewer, found)
    context = framed(
        request,
        found,
        "overview",
        bodies=[(body, wording.seats_in_words(body, sections, today)) for body in bodies],
        parties=wording.parties_by_section(definition, selectors.party_memberships(found, today), today),
        next_meeting=selectors.next_meeting(request.viewer, found, today),
        decisions=presentation.decision_rows(selectors.decisions_of(request.viewer, found)[:LATEST]),
        budget=presentation.budget(lines) if lines else None,
        budget_year=lines[0].line.year if lines else "",
        today=today,
        **_progress(request, found, today),
    )
    return render(request, "governance/overview.html", context)


def _progress(request: ViewerRequest, agreement: Agreement, today: date) -> dict[str, object]:
    counted = selectors.progress_of(request.viewer, agreement, today)
    return {"progress": counted, "picture": presentation.progress_picture(counted)}
