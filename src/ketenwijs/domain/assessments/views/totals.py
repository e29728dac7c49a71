"""What a round adds up to, and closing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ketenwijs.domain.agreements.frameworks import INDICATOR_TREE, SELF_ASSESSMENT, WEIGHTED_SCORE
from ketenwijs.domain.assessments import policies, services
from ketenwijs.domain.assessments.models import Round
from ketenwijs.domain.assessments.requirements import framework_of_round, scheme_of_round
from ketenwijs.domain.assessments.selectors import round_for
from ketenwijs.domain.assessments.totals import answer_totals, indicator_totals, score_totals
from ketenwijs.domain.assessments.views.opening import tell
from ketenwijs.foundation.access.pages import ViewerRequest, needs
from ketenwijs.foundation.ui.errors import DomainError

PAGES: dict[str, tuple[Callable[[Round], Any], str]] = {
    WEIGHTED_SCORE: (score_totals, "assessments/_totals_scores.html"),
    INDICATOR_TREE: (indicator_totals, "assessments/_totals_indicators.html"),
    SELF_ASSESSMENT: (answer_totals, "assessments/_totals_answers.html"),
}
"""Families that have totals of their own; a requirement list has its board and the annual report."""


def has_totals(round_: Round) -> bool:
    """Whether this round's instrument has totals of its own, by its scheme: the board need not read the edition."""
    scheme = scheme_of_round(round_)
    return scheme is not None and scheme.kind in ("score", "indicators", "none")


def _round_or_404(request: ViewerRequest, agreement: str, year: str) -> Round:
    found = round_for(request.viewer, agreement, year)
    if found is None:
        raise Http404
    return found


@needs("assessments.see_board")
@require_GET
def totals(request: ViewerRequest, agreement: str, year: str) -> HttpResponse:
    """The totals of a round, by the family of its instrument."""
    found = _round_or_404(request, agreement, year)
    framework = framework_of_round(found)
    page = PAGES.get(framework.instrument.family) if framework is not None else None
    if page is None or framework is None or not policies.may_see_totals(request.viewer, found):
        raise Http404
    work_out, part = page
    context = {"round": found, "totals": work_out(found), "part": part, "framework": framework}
    return render(request, "assessments/totals.html", context)


@needs("assessments.manage_rounds")
@require_POST
def close_round(request: ViewerRequest, agreement: str, year: str) -> HttpResponse:
    """Close the round; what is unfinished is named."""
    found = _round_or_404(request, agreement, year)
    try:
        services.close_round(actor=request.viewer, round_=found)
    except DomainError as error:
        tell(request, error)
    else:
        messages.success(request, _("The round is closed."))
    return redirect("assessments:board", agreement, year)
