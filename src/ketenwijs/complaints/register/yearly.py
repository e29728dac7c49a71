"""Pages of the yearly self-check against the eight criteria for such mechanisms."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from ketenwijs.complaints.committee.answers import member_of
from ketenwijs.complaints.register import selectors, services
from ketenwijs.foundation.ui.errors import DomainError


@require_GET
def public(request: HttpRequest) -> HttpResponse:
    """The newest released self-check."""
    year = selectors.last_public_year()
    rows = selectors.self_check_rows(year or timezone.localdate().year, public=True)
    return render(request, "register/self_check.html", {"year": year, "rows": rows})


@require_http_methods(["GET", "POST"])
def yearly(request: HttpRequest) -> HttpResponse:
    """Answer this year's self-check; released with all criteria at once."""
    year, problem = timezone.localdate().year, ""
    if request.method == "POST":
        answers = {
            criterion.code: (
                request.POST.get(f"verdict_{criterion.code}", ""),
                request.POST.get(f"evidence_{criterion.code}", ""),
            )
            for criterion, _answer in selectors.self_check_rows(year, public=False)
        }
        try:
            services.answer_self_check(
                actor=member_of(request), year=year, answers=answers, publish="publish" in request.POST
            )
        except DomainError as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("Kept."))
            return redirect("register:yearly")
    rows = [
        (
            criterion,
            request.POST.get(f"verdict_{criterion.code}", answer.verdict if answer else ""),
            request.POST.get(f"evidence_{criterion.code}", answer.evidence if answer else ""),
        )
        for criterion, answer in selectors.self_check_rows(year, public=False)
    ]
    context = {"year": year, "rows": rows, "problem": problem}
    return render(request, "register/yearly.html", context, status=400 if problem else 200)
