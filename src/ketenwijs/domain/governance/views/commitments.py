"""Commitments, how they go, and what they contributed to the goals of the agreement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.governance import exports, presentation, selectors, services, states, vocabulary
from ketenwijs.domain.governance.forms.commitments import CommitmentForm, FinishForm, GoalForm, OnForm, RatingForm
from ketenwijs.domain.governance.forms.rows import ReasonForm, ShowForm
from ketenwijs.domain.governance.models import Commitment, Goal
from ketenwijs.domain.governance.views.decisions import csv_answer
from ketenwijs.domain.governance.views.frame import agreement_or_404, answer, framed, managed_or_404, or_404
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.states.selectors import history_of
from ketenwijs.foundation.ui.pages import paginate

LATE = "late"


@signed_in
def commitments(request: ViewerRequest, agreement: str) -> HttpResponse:
    """All commitments by day, counted; per goal what they contributed."""
    found, today = agreement_or_404(request, agreement), timezone.localdate()
    form = ShowForm(request.GET, choices=[(LATE, _("late")), *states.COMMITMENT.choices()])
    every = selectors.commitments_of(request.viewer, found)
    page = paginate(request, _narrowed(every, form.shown))
    counted = selectors.progress_of(request.viewer, found, today)
    context = framed(request, found, "commitments", page=page, filter=form, progress=counted)
    context |= {
        "rows": presentation.commitment_rows(page, context["section_names"], today),
        "picture": presentation.progress_picture(counted),
        "contributions": presentation.contribution_table(selectors.goals_of(request.viewer, found), every),
        "scale": [str(word.name) for word in vocabulary.contribution_scale().values()],
    }
    return render(request, "governance/commitments.html", context)


def _narrowed(rows: QuerySet[Commitment], show: str) -> QuerySet[Commitment]:
    if show == LATE:
        return rows.filter(state__in=states.OPEN, due_on__lt=timezone.localdate())
    return rows.filter(state=show) if show else rows


@signed_in
@require_safe
def commitments_csv(request: ViewerRequest, agreement: str) -> HttpResponse:
    """The commitments as a sheet."""
    found = agreement_or_404(request, agreement)
    return csv_answer(exports.commitments_csv(request.viewer, found), f"commitments-{found.slug}.csv")


@signed_in
def commitment(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """One commitment: its five letters, how it goes, and its ratings."""
    found = agreement_or_404(request, agreement)
    shown = or_404(selectors.commitment_for(request.viewer, found, pk))
    goals = list(selectors.goals_of(request.viewer, found))
    context = framed(request, found, "commitments", commitment=shown, goals=goals, history=history_of(shown))
    context |= {
        "row": presentation.commitment_rows([shown], context["section_names"], timezone.localdate())[0],
        "ratings": presentation.ratings_of(shown, goals),
        "moves": states.COMMITMENT.moves_from(shown.state) if context["may_manage"] else [],
        "is_open": shown.state in states.OPEN,
    }
    return render(request, "governance/commitment.html", context)


def _address(agreement: Agreement, row: Commitment) -> str:
    return reverse("governance:commitment", args=[agreement.slug, row.pk])


def _page(request: ViewerRequest, agreement: Agreement, row: Commitment | None) -> HttpResponse:
    form = CommitmentForm(
        request.POST or None,
        row=row,
        definition=definition_of(agreement),
        bodies=list(selectors.bodies_of(request.viewer, agreement)),
        decisions=list(selectors.decisions_of(request.viewer, agreement)),
    )

    def save(filled: CommitmentForm) -> Commitment:
        return services.save_commitment(
            actor=request.viewer, agreement=agreement, values=filled.values, commitment=row,
            version=filled.cleaned_data["version"],
        )  # fmt: skip

    cancel = _address(agreement, row) if row else reverse("governance:commitments", args=[agreement.slug])
    title = _("Change the commitment") if row else _("New commitment")
    context = framed(request, agreement, "commitments", title=title, cancel=cancel)
    return answer(
        request, form, save, _("The commitment is saved."), lambda one: _address(agreement, one), context,
        stored=lambda: selectors.commitment_for(request.viewer, agreement, row.pk) if row else None,
    )  # fmt: skip


@signed_in
def new_commitment(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Write down a commitment."""
    return _page(request, managed_or_404(request, agreement), None)


@signed_in
def change_commitment(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Change a commitment that is still open."""
    found = managed_or_404(request, agreement)
    return _page(request, found, or_404(selectors.commitment_for(request.viewer, found, pk)))


MOVES: dict[str, tuple[type[forms.Form], Any]] = {
    "start": (OnForm, services.start_commitment),
    "finish": (FinishForm, services.finish_commitment),
    "drop": (ReasonForm, services.drop_commitment),
}


@signed_in
def move(request: ViewerRequest, agreement: str, pk: int, move: str) -> HttpResponse:
    """Start, finish or drop a commitment."""
    found = managed_or_404(request, agreement)
    row = or_404(selectors.commitment_for(request.viewer, found, pk))
    if move not in MOVES:
        raise Http404
    shape, service = MOVES[move]
    form = shape(request.POST or None)

    def save(filled: forms.Form) -> object:
        return service(actor=request.viewer, commitment=row, **filled.cleaned_data)

    words = {"title": states.COMMITMENT.moves[move].label, "explanation": row.title, "cancel": _address(found, row)}
    context = framed(request, found, "commitments", **words)
    return answer(request, form, save, _("The commitment is saved."), _address(found, row), context)


@signed_in
def rate(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Rate what a commitment contributed to a goal."""
    found = managed_or_404(request, agreement)
    row = or_404(selectors.commitment_for(request.viewer, found, pk))
    goals = list(selectors.goals_of(request.viewer, found))
    form = RatingForm(request.POST or None, goals=goals, initial={"goal": request.GET.get("goal", "")})

    def save(filled: RatingForm) -> object:
        return services.rate_contribution(actor=request.viewer, commitment=row, **filled.cleaned_data)

    words = {"title": _("Rate the contribution"), "explanation": row.title, "cancel": _address(found, row)}
    context = framed(request, found, "commitments", **words)
    return answer(request, form, save, _("The rating is recorded."), _address(found, row), context)


def _goal_page(request: ViewerRequest, agreement: Agreement, row: Goal | None) -> HttpResponse:
    form = GoalForm(request.POST or None, row=row)

    def save(filled: GoalForm) -> Goal:
        version = filled.cleaned_data["version"]
        return services.save_goal(
            actor=request.viewer, agreement=agreement, values=filled.values, goal=row, version=version
        )

    target = reverse("governance:commitments", args=[agreement.slug])
    title = _("Change the goal") if row else _("New goal of the agreement")
    context = framed(request, agreement, "commitments", title=title, cancel=target)
    return answer(
        request, form, save, _("The goal is saved."), target, context,
        stored=lambda: selectors.goal_for(request.viewer, agreement, row.pk) if row else None,
    )  # fmt: skip


@signed_in
def new_goal(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Write down a goal of the agreement."""
    return _goal_page(request, managed_or_404(request, agreement), None)


@signed_in
def goal(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Change the words of a goal."""
    found = managed_or_404(request, agreement)
    return _goal_page(request, found, or_404(selectors.goal_for(request.viewer, found, pk)))
