"""Pages of the plan of action, for the firm that writes it and the staff that read it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ketenwijs.domain.agreements.workspaces import Workspace, workspace_for
from ketenwijs.domain.plans import policies, selectors, services
from ketenwijs.domain.plans.choices import countries_for, influences, risk_label, risks_for, term_ends_on, themes_for
from ketenwijs.domain.plans.forms import GoalForm, MeasureForm, PublicTextsForm, PublishForm
from ketenwijs.domain.plans.models import Goal, Plan
from ketenwijs.domain.reference import selectors as reference
from ketenwijs.domain.risks.selectors import RankedRisk
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion
from ketenwijs.foundation.ui.forms import add_domain_error

MOVES = {"ready": services.mark_ready, "reopen": services.reopen}


def _workspace(request: ViewerRequest, firm: str, agreement: str, year: str) -> Workspace:
    workspace = workspace_for(request.viewer, firm, agreement, year)
    if workspace is None or not policies.may_read(request.viewer, workspace.organisation.pk, agreement):
        raise Http404
    return workspace


def _own_plan(request: ViewerRequest, firm: str, agreement: str, year: str) -> tuple[Workspace, Plan]:
    workspace = _workspace(request, firm, agreement, year)
    plan = selectors.plan_in(workspace)
    if plan is None or not _may_write(request, workspace):
        raise Http404
    return workspace, plan


def _may_write(request: ViewerRequest, workspace: Workspace) -> bool:
    return policies.may_write(request.viewer, workspace.organisation.pk) and not workspace.read_only


def _address(plan: Plan, name: str = "plan") -> str:
    return reverse(f"plans:{name}", args=[plan.organisation.reference, plan.agreement.slug, plan.year])


def _of_goal(request: ViewerRequest, goal: Goal) -> Workspace:
    plan = goal.plan
    workspace = _workspace(request, plan.organisation.reference, plan.agreement.slug, plan.year)
    if not _may_write(request, workspace):
        raise Http404
    return workspace


def _names(workspace: Workspace, without_goal: list[RankedRisk] | None = None) -> dict[str, Any]:
    """Names that templates show for codes."""
    return {
        "must_act_on": without_goal or [],
        "labels": {one.risk.pk: risk_label(one.risk) for one in without_goal or []},
        "theme_names": dict(themes_for(workspace)),
        "country_names": {one.code: one.name for one in reference.countries()},
    }


@signed_in
def plan(request: ViewerRequest, firm: str, agreement: str, year: str) -> HttpResponse:
    """The plan with its goals, each with its SMART check."""
    workspace = _workspace(request, firm, agreement, year)
    found = selectors.plan_in(workspace)
    goals = list(found.goals.all()) if found else []
    latest = term_ends_on(workspace)
    today = timezone.localdate()
    context = {
        "workspace": workspace,
        "plan": found,
        "goals": [(goal, selectors.smart_of(goal, today=today, latest=latest)) for goal in goals],
        "may_write": _may_write(request, workspace),
        "may_publish": policies.may_publish(request.viewer, workspace.organisation.pk),
        "earlier": selectors.earlier_plan(workspace),
        **_names(workspace, selectors.risks_without_goal(workspace, goals)),
    }
    return render(request, "plans/plan.html", context)


@signed_in
@require_POST
def start(request: ViewerRequest, firm: str, agreement: str, year: str) -> HttpResponse:
    """Begin an empty plan."""
    workspace = _workspace(request, firm, agreement, year)
    try:
        services.plan_of(actor=request.viewer, workspace=workspace)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("plans:plan", firm, agreement, year)


@signed_in
@require_POST
def carry_over(request: ViewerRequest, firm: str, agreement: str, year: str) -> HttpResponse:
    """Bring last year's unfinished goals along."""
    workspace = _workspace(request, firm, agreement, year)
    before = selectors.earlier_plan(workspace)
    if before is None:
        raise Http404
    try:
        brought = services.carry_over(actor=request.viewer, workspace=workspace, from_year=before.year)
        messages.success(request, _("%(count)s goals came along from last year.") % {"count": brought.goals.count()})
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("plans:plan", firm, agreement, year)


@signed_in
@require_POST
def move(request: ViewerRequest, firm: str, agreement: str, year: str, move: str) -> HttpResponse:
    """Mark the plan ready, or open it again."""
    _workspace_found, plan = _own_plan(request, firm, agreement, year)
    if move not in MOVES:
        raise Http404
    try:
        MOVES[move](actor=request.viewer, plan=plan)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(_address(plan))


def _goal_form(request: ViewerRequest, workspace: Workspace, goal: Goal | None) -> GoalForm:
    initial: dict[str, Any] = {"version": goal.version if goal else 0}
    if goal is None:
        initial |= {name: request.GET[name] for name in ("theme", "country", "risk") if name in request.GET}
    return GoalForm(
        request.POST or None,
        instance=goal,
        initial=initial,
        risks=risks_for(workspace),
        themes=themes_for(workspace),
        countries=countries_for(workspace),
    )


@signed_in
def new_goal(request: ViewerRequest, firm: str, agreement: str, year: str) -> HttpResponse:
    """Add a goal."""
    workspace, plan = _own_plan(request, firm, agreement, year)
    form = _goal_form(request, workspace, None)
    if request.method == "POST" and form.is_valid():
        try:
            goal = services.save_goal(actor=request.viewer, plan=plan, values=form.values)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The goal is saved. Now add what you will do for it."))
            return redirect("plans:goal", goal.pk)
    return render(request, "plans/goal.html", {"form": form, "plan": plan, "workspace": workspace})


@signed_in
def goal(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change a goal; its measures are listed below with the SMART check."""
    found = selectors.goal_for(request.viewer, pk)
    if found is None:
        raise Http404
    workspace = _of_goal(request, found)
    form = _goal_form(request, workspace, found)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_goal(
                actor=request.viewer, plan=found.plan, goal=found, values=form.values,
                version=form.cleaned_data["version"],
            )  # fmt: skip
        except DomainError as error:
            add_domain_error(form, error)
            if isinstance(error, StaleVersion):
                form.show_saved(selectors.goal_for(request.viewer, pk))
        else:
            messages.success(request, _("The goal is saved."))
            return redirect("plans:goal", pk)
    stored = selectors.goal_for(request.viewer, pk)
    letters = selectors.smart_of(stored or found, today=timezone.localdate(), latest=term_ends_on(workspace))
    context = {"form": form, "plan": found.plan, "workspace": workspace, "goal": stored, "letters": letters}
    return render(request, "plans/goal.html", context, status=form.status)


@signed_in
@require_POST
def remove_goal(request: ViewerRequest, pk: int) -> HttpResponse:
    """Take a goal out of the plan."""
    found = selectors.goal_for(request.viewer, pk)
    if found is None:
        raise Http404
    _of_goal(request, found)
    try:
        services.remove_goal(actor=request.viewer, goal=found)
        messages.success(request, _("The goal is taken out of the plan."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(_address(found.plan))


def _measure_page(request: ViewerRequest, goal: Goal, measure: Any) -> HttpResponse:
    workspace = _of_goal(request, goal)
    initial = {"version": measure.version if measure else 0}
    form = MeasureForm(request.POST or None, instance=measure, initial=initial, influences=influences())
    if request.method == "POST" and form.is_valid():
        try:
            services.save_measure(
                actor=request.viewer, goal=goal, measure=measure, values=form.values,
                version=form.cleaned_data["version"],
            )  # fmt: skip
        except DomainError as error:
            add_domain_error(form, error)
            if isinstance(error, StaleVersion):
                form.show_saved(selectors.measure_for(request.viewer, measure.pk))
        else:
            messages.success(request, _("The measure is saved."))
            return redirect("plans:goal", goal.pk)
    context = {"form": form, "goal": goal, "plan": goal.plan, "workspace": workspace, "measure": measure}
    return render(request, "plans/measure.html", context, status=form.status)


@signed_in
def new_measure(request: ViewerRequest, pk: int) -> HttpResponse:
    """Add a measure to a goal."""
    found = selectors.goal_for(request.viewer, pk)
    if found is None:
        raise Http404
    return _measure_page(request, found, None)


@signed_in
def measure(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change a measure."""
    found = selectors.measure_for(request.viewer, pk)
    if found is None:
        raise Http404
    return _measure_page(request, found.goal, found)


@signed_in
@require_POST
def remove_measure(request: ViewerRequest, pk: int) -> HttpResponse:
    """Take a measure away."""
    found = selectors.measure_for(request.viewer, pk)
    if found is None:
        raise Http404
    _of_goal(request, found.goal)
    try:
        services.remove_measure(actor=request.viewer, measure=found)
        messages.success(request, _("The measure is taken away."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("plans:goal", found.goal_id)


@signed_in
def public_texts(request: ViewerRequest, firm: str, agreement: str, year: str) -> HttpResponse:
    """Introduction and policy for the public."""
    workspace, plan = _own_plan(request, firm, agreement, year)
    form = PublicTextsForm(request.POST or None, instance=plan, initial={"version": plan.version})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.save_public_texts(
                actor=request.viewer, plan=selectors.plan_in(workspace) or plan,
                introduction=data["public_introduction"], policy=data["public_policy"], version=data["version"],
            )  # fmt: skip
        except DomainError as error:
            add_domain_error(form, error)
            if isinstance(error, StaleVersion):
                form.show_saved(selectors.plan_in(workspace))
        else:
            messages.success(request, _("The texts are saved."))
            return redirect(_address(plan, "preview"))
    context = {"form": form, "plan": plan, "workspace": workspace}
    return render(request, "plans/public_texts.html", context, status=form.status)


@signed_in
def preview(request: ViewerRequest, firm: str, agreement: str, year: str) -> HttpResponse:
    """Exactly what the public will see; publishing happens here and nowhere else."""
    workspace, plan = _own_plan(request, firm, agreement, year)
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.publish(actor=request.viewer, plan=plan, on=form.cleaned_data["on"])
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The plan is public now."))
            return redirect(_address(plan))
    context = {
        "form": form,
        "plan": plan,
        "workspace": workspace,
        "payload": selectors.public_payload(plan).model_dump(mode="json"),
        "warnings": selectors.confidential_names_in(plan),
        "may_publish": policies.may_publish(request.viewer, plan.organisation_id),
        **_names(workspace),
    }
    return render(request, "plans/preview.html", context)
