"""Pages of the risk analysis: overview with the order and the matrix, and one page per country, stone and stage."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ketenwijs.domain.agreements.parts import is_closed
from ketenwijs.domain.agreements.workspaces import Workspace, workspace_for
from ketenwijs.domain.reference import selectors as reference
from ketenwijs.domain.risks import pictures, policies, selectors, services
from ketenwijs.domain.risks.evidence import evidence_for
from ketenwijs.domain.risks.forms import WeighingForm
from ketenwijs.domain.risks.selectors import Place
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.access.viewer import agreement_scope
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion


def _workspace(request: ViewerRequest, firm: str, agreement: str, year: str) -> Workspace:
    workspace = workspace_for(request.viewer, firm, agreement, year)
    own = workspace is not None and policies.may_weigh(request.viewer, workspace.organisation.pk)
    if workspace is None or not (own or request.viewer.holds("risks.read_members", agreement_scope(agreement))):
        raise Http404
    return workspace


def _may_write(request: ViewerRequest, workspace: Workspace) -> bool:
    may_weigh = policies.may_weigh(request.viewer, workspace.organisation.pk) and not workspace.read_only
    return may_weigh and not is_closed(workspace)


def _names() -> dict[str, dict[str, str]]:
    """Names that templates show for codes."""
    return {
        "country_names": {one.code: one.name for one in reference.countries()},
        "material_names": {one.code: one.name for one in reference.materials()},
        "stage_names": {one.code: one.name for one in reference.stages()},
        "theme_names": {one.code: one.name for one in reference.themes()},
    }


@signed_in
def overview(request: ViewerRequest, firm: str, agreement: str, year: str) -> HttpResponse:
    """Where risks may arise, what is weighed, the order, and the matrix."""
    workspace = _workspace(request, firm, agreement, year)
    order = selectors.ranked(selectors.risks_in(workspace))
    themes = selectors.themes_of(workspace)
    left = dict(selectors.unweighed(workspace, themes))
    places = [(place, len(themes) - len(left.get(place, [])), len(themes)) for place in selectors.places_of(workspace)]
    context = {
        "workspace": workspace,
        "places": places,
        "order": order,
        "picture": pictures.matrix_of(order) if order else None,
        "cells": pictures.table_of(order),
        "waiting": selectors.waiting_for_confirmation(workspace),
        "year_to_carry": None if order else selectors.year_to_carry(workspace),
        "may_write": _may_write(request, workspace),
        **_names(),
    }
    return render(request, "risks/overview.html", context)


@signed_in
def place(
    request: ViewerRequest, firm: str, agreement: str, year: str, country: str, material: str, stage: str
) -> HttpResponse:
    """Weigh every theme of one country, stone and stage, each beside what the sources say."""
    workspace = _workspace(request, firm, agreement, year)
    here = Place(country, material, stage)
    if here not in selectors.places_of(workspace):
        raise Http404
    known = {
        r.theme: r
        for r in selectors.risks_in(workspace)
        if (r.country, r.material, r.stage) == (country, material, stage)
    }
    may_write = _may_write(request, workspace)
    data = request.POST if request.method == "POST" else None
    forms = {t: WeighingForm(data, prefix=t, risk=known.get(t)) for t in selectors.themes_of(workspace)}
    if request.method == "POST":
        if not may_write:
            raise Http404
        if _saved(request, workspace, here, forms):
            return redirect("risks:overview", firm, agreement, year)
    rows = [
        (reference.theme(t), form, evidence_for(country, material, stage, t), known.get(t)) for t, form in forms.items()
    ]
    context = {
        "workspace": workspace,
        "rows": rows,
        "may_write": may_write,
        "country": reference.country(country),
        "material": reference.material(material),
        "stage": reference.stage(stage),
        "has_errors": any(form.errors for form in forms.values() if form.is_bound),
    }
    status = 409 if any(form.newer for form in forms.values()) else 200
    return render(request, "risks/place.html", context, status=status)


def _saved(request: ViewerRequest, workspace: Workspace, here: Place, forms: dict[str, WeighingForm]) -> bool:
    """Save the themes that were touched, all or none; on a refusal the forms keep what was typed.

    With "the rest is unknown" those that nobody weighed yet are saved as unknown in the same press.
    """
    rest = "rest" in request.POST
    changed = {theme: form for theme, form in forms.items() if form.has_changed() or (rest and form.is_new)}
    if not all(form.is_valid() for form in changed.values()):
        return False
    weighings = {theme: (form.cleaned_data["version"], form.values) for theme, form in changed.items()}
    try:
        number = services.weigh_place(actor=request.viewer, workspace=workspace, place=here, weighings=weighings)
    except DomainError as error:
        messages.error(request, str(error))
        if isinstance(error, StaleVersion):
            _show_newer(workspace, here, changed)
        return False
    messages.success(request, _("%(count)s themes are saved.") % {"count": number})
    return True


def _show_newer(workspace: Workspace, here: Place, forms: dict[str, WeighingForm]) -> None:
    """Beside each form that a colleague was ahead of: what is stored now."""
    for risk in selectors.risks_in(workspace):
        form = forms.get(risk.theme)
        at_place = (risk.country, risk.material, risk.stage) == (here.country, here.material, here.stage)
        if form is not None and at_place and form.cleaned_data["version"] != risk.version:
            form.show_saved(risk)


@signed_in
@require_POST
def carry_over(request: ViewerRequest, firm: str, agreement: str, year: str) -> HttpResponse:
    """Bring the latest earlier weighings along."""
    workspace = _workspace(request, firm, agreement, year)
    before = selectors.year_to_carry(workspace)
    if before is None:
        raise Http404
    try:
        number = services.carry_over(actor=request.viewer, workspace=workspace, from_year=before)
        messages.success(request, _("%(count)s weighings came along. Look at them and confirm.") % {"count": number})
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("risks:overview", firm, agreement, year)


@signed_in
@require_POST
def confirm(request: ViewerRequest, firm: str, agreement: str, year: str) -> HttpResponse:
    """Say in one press that what came along still holds."""
    workspace = _workspace(request, firm, agreement, year)
    try:
        number = services.confirm_carried(actor=request.viewer, workspace=workspace)
        messages.success(request, _("%(count)s weighings are confirmed.") % {"count": number})
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("risks:overview", firm, agreement, year)


@signed_in
def exceptions(request: ViewerRequest, firm: str, agreement: str, year: str, pk: int) -> HttpResponse:
    """Say that one chain differs from the others of its country, stone and stage."""
    workspace = _workspace(request, firm, agreement, year)
    risk = selectors.risk_for(request.viewer, pk)
    if risk is None or risk.organisation_id != workspace.organisation.pk or not _may_write(request, workspace):
        raise Http404
    chains = selectors.chains_of_risk(workspace, risk)
    form = WeighingForm(request.POST or None, risk=None)
    if request.method == "POST" and form.is_valid():
        chosen = next((chain for chain in chains if str(chain.pk) == request.POST.get("chain")), None)
        try:
            if chosen is None:
                raise DomainError(_("Choose the chain that differs."))
            services.except_chain(
                actor=request.viewer, workspace=workspace, risk=risk, chain=chosen, values=form.values
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The exception is saved."))
            return redirect("risks:overview", firm, agreement, year)
    context = {
        "workspace": workspace,
        "risk": risk,
        "chains": chains,
        "form": form,
        "theme": reference.theme(risk.theme),
    }
    return render(request, "risks/exceptions.html", context)
