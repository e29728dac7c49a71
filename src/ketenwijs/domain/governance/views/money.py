"""Budget per year, outside checks and subsidies."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.governance import presentation, selectors, services
from ketenwijs.domain.governance.forms.money import AmountForm, CheckForm, LineForm, SubsidyForm
from ketenwijs.domain.governance.models import BudgetLine, OutsideCheck, Subsidy
from ketenwijs.domain.governance.views.frame import agreement_or_404, answer, framed, managed_or_404, or_404
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.ui.pages import paginate


@signed_in
def budget(request: ViewerRequest, agreement: str, year: str = "") -> HttpResponse:
    """Budgeted against realised of a year, the latest when none is named."""
    found = agreement_or_404(request, agreement)
    years = selectors.budget_years(request.viewer, found)
    if year and year not in years:
        raise Http404
    shown = year or (years[0] if years else "")
    lines = selectors.budget_of(request.viewer, found, shown) if shown else []
    context = framed(request, found, "budget", years=years, year=shown)
    context["budget"] = presentation.budget(lines) if lines else None
    return render(request, "governance/budget.html", context)


@signed_in
def line(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """One line with every amount that was recorded, latest first."""
    found = agreement_or_404(request, agreement)
    shown = or_404(selectors.line_for(request.viewer, found, pk))
    return render(request, "governance/budget_line.html", framed(request, found, "budget", shown=shown))


def _line_page(request: ViewerRequest, agreement: Agreement, row: BudgetLine | None) -> HttpResponse:
    years = selectors.years_to_choose(agreement, timezone.localdate())
    initial = None if row else {"year": request.GET.get("year", "")}
    form = LineForm(request.POST or None, row=row, years=years[::-1], initial=initial)

    def save(filled: LineForm) -> BudgetLine:
        version = filled.cleaned_data["version"]
        return services.save_line(
            actor=request.viewer, agreement=agreement, values=filled.values, line=row, version=version
        )

    title = _("Change the budget line") if row else _("New budget line")
    cancel = reverse("governance:budget", args=[agreement.slug])
    return answer(
        request, form, save, _("The budget line is saved."),
        lambda one: reverse("governance:line", args=[agreement.slug, one.pk]),
        framed(request, agreement, "budget", title=title, cancel=cancel),
        stored=lambda: _fresh_line(request, agreement, row),
    )  # fmt: skip


def _fresh_line(request: ViewerRequest, agreement: Agreement, row: BudgetLine | None) -> BudgetLine | None:
    found = selectors.line_for(request.viewer, agreement, row.pk) if row else None
    return found.line if found else None


@signed_in
def new_line(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Add a line to a year's budget."""
    return _line_page(request, managed_or_404(request, agreement), None)


@signed_in
def change_line(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Change a line's code or name."""
    found = managed_or_404(request, agreement)
    return _line_page(request, found, or_404(selectors.line_for(request.viewer, found, pk)).line)


@signed_in
def new_amount(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Record a budgeted or realised amount."""
    found = managed_or_404(request, agreement)
    shown = or_404(selectors.line_for(request.viewer, found, pk))
    form = AmountForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})

    def save(filled: AmountForm) -> object:
        return services.record_amount(actor=request.viewer, line=shown.line, **filled.cleaned_data)

    target = reverse("governance:line", args=[agreement, pk])
    words = {"title": _("Record an amount"), "explanation": f"{shown.line}, {shown.line.year}", "cancel": target}
    return answer(request, form, save, _("The amount is recorded."), target, framed(request, found, "budget", **words))


@signed_in
def checks(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Outside checks and subsidies, latest first."""
    found = agreement_or_404(request, agreement)
    page = paginate(request, selectors.checks_of(request.viewer, found))
    context = framed(request, found, "checks", page=page, checks=presentation.check_rows(page))
    context["subsidies"] = presentation.subsidy_rows(selectors.subsidies_of(request.viewer, found))
    return render(request, "governance/checks.html", context)


def _check_page(request: ViewerRequest, agreement: Agreement, row: OutsideCheck | None) -> HttpResponse:
    form = CheckForm(request.POST or None, request.FILES or None, row=row)

    def save(filled: CheckForm) -> OutsideCheck:
        return services.save_check(
            actor=request.viewer, agreement=agreement, values=filled.values, check=row,
            version=filled.cleaned_data["version"], upload=filled.cleaned_data["upload"] or None,
        )  # fmt: skip

    target = reverse("governance:checks", args=[agreement.slug])
    title = _("Change the outside check") if row else _("New outside check")
    return answer(
        request, form, save, _("The outside check is saved."), target,
        framed(request, agreement, "checks", title=title, cancel=target),
        stored=lambda: selectors.check_for(request.viewer, agreement, row.pk) if row else None,
    )  # fmt: skip


@signed_in
def new_check(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Record that somebody outside was asked."""
    return _check_page(request, managed_or_404(request, agreement), None)


@signed_in
def check(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Change an outside check, or fill in its result."""
    found = managed_or_404(request, agreement)
    return _check_page(request, found, or_404(selectors.check_for(request.viewer, found, pk)))


def _subsidy_page(request: ViewerRequest, agreement: Agreement, row: Subsidy | None) -> HttpResponse:
    form = SubsidyForm(request.POST or None, row=row)

    def save(filled: SubsidyForm) -> Subsidy:
        version = filled.cleaned_data["version"]
        return services.save_subsidy(
            actor=request.viewer, agreement=agreement, values=filled.values, subsidy=row, version=version
        )

    target = reverse("governance:checks", args=[agreement.slug])
    title = _("Change the subsidy") if row else _("New subsidy")
    return answer(
        request, form, save, _("The subsidy is saved."), target,
        framed(request, agreement, "checks", title=title, cancel=target),
        stored=lambda: selectors.subsidy_for(request.viewer, agreement, row.pk) if row else None,
    )  # fmt: skip


@signed_in
def new_subsidy(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Record a subsidy."""
    return _subsidy_page(request, managed_or_404(request, agreement), None)


@signed_in
def subsidy(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Change a subsidy or how far it is."""
    found = managed_or_404(request, agreement)
    return _subsidy_page(request, found, or_404(selectors.subsidy_for(request.viewer, found, pk)))
