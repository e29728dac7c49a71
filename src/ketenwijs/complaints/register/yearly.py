"""Pages of the yearly self-check against the eight criteria for such mechanisms: this year and every earlier one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ketenwijs.complaints.cases import policies
from ketenwijs.complaints.committee.answers import member_of
from ketenwijs.complaints.register import selectors, services
from ketenwijs.foundation.ui.errors import DomainError


@require_GET
def public(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The self-check of one released year, the newest when none is named; of other years nothing is shown."""
    years = selectors.public_years()
    if year is not None and year not in years:
        raise Http404
    shown = year or next(iter(years), None)
    rows = selectors.self_check_rows(shown or timezone.localdate().year, public=True)
    return render(request, "register/self_check.html", {"year": shown, "years": years, "rows": rows})


@require_http_methods(["GET", "POST"])
def yearly(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Answer the self-check of a year, this one when none is named; released with all criteria at once. What is public,
    and what another function may only read, is shown without a form."""
    today, member = timezone.localdate(), member_of(request)
    years, year, problem = selectors.years_to_check(today), year or today.year, ""
    if year not in years:
        raise Http404
    found = selectors.self_check_rows(year, public=False)
    if request.method == "POST":
        answers = {criterion.code: _typed(request, criterion.code) for criterion, _answer in found}
        try:
            services.answer_self_check(actor=member, year=year, answers=answers, publish="publish" in request.POST)
        except DomainError as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("Kept."))
            return redirect("register:yearly-of", year)
    context = {
        "year": year,
        "years": years,
        "problem": problem,
        "public_on": next((answer.public_on for _criterion, answer in found if answer and answer.public_on), None),
        "may_answer": policies.may_keep(member),
        "found": found,
        "rows": [
            (
                criterion,
                *(_typed(request, criterion.code, answer.verdict if answer else "", answer.evidence if answer else "")),
            )
            for criterion, answer in found
        ],
    }
    return render(request, "register/yearly.html", context, status=400 if problem else 200)


def _typed(request: HttpRequest, code: str, verdict: str = "", evidence: str = "") -> tuple[str, str]:
    """Verdict and evidence of one criterion as they were typed, else as they are kept."""
    return request.POST.get(f"verdict_{code}", verdict), request.POST.get(f"evidence_{code}", evidence)
