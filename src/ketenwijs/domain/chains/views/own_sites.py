"""The firm's own places: the list with what looks alike, and the page of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.chains import choices, selectors, services
from ketenwijs.domain.chains.forms.own_sites import PeopleForm, PlaceForm, PlaceNumberForm
from ketenwijs.domain.chains.models import Site
from ketenwijs.domain.chains.views.opening import go_to, opened_to_edit, tried, writable
from ketenwijs.domain.chains.views.showing import shown_people
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.ui.errors import DomainError
from ketenwijs.foundation.ui.forms import add_domain_error
from ketenwijs.foundation.ui.pages import paginate

LONGEST_NUMBER = 18


@signed_in
@require_http_methods(["GET", "POST"])
def places(request: ViewerRequest, **parts: str) -> HttpResponse:
    """All places of the firm; those that look alike are put side by side for the firm to decide."""
    workspace = opened_to_edit(request, parts)
    if request.method == "POST":
        return _decided(request, workspace, parts)
    page = paginate(request, selectors.own_sites(workspace))
    context = {
        "workspace": workspace,
        "page": page,
        "rows": [_row(site) for site in page.object_list],
        "alike": [(_row(pair.one), _row(pair.other)) for pair in selectors.look_alikes(workspace)],
        "editable": writable(workspace),
    }
    return render(request, "chains/places.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def place(request: ViewerRequest, pk: int, **parts: str) -> HttpResponse:
    """One place: name in local script, coordinates, numbers, people whom no register knows."""
    workspace = opened_to_edit(request, parts)
    site = selectors.own_sites(workspace).filter(pk=pk).first()
    if site is None:
        raise Http404
    what = request.POST.get("what", "")
    if what in ("drop_number", "drop_people", "unmerge"):
        return _dropped(request, workspace, site, parts, what)
    forms_here = _forms(request, site, what)
    if request.method == "POST" and what in forms_here and forms_here[what].is_valid():
        try:
            _saved(request, workspace, site, what, forms_here[what])
        except DomainError as error:
            add_domain_error(forms_here[what], error)
        else:
            messages.success(request, _("The place was saved."))
            return go_to("place", parts, pk=pk)
    context = {
        "workspace": workspace,
        "site": site,
        "row": _row(site),
        "forms": forms_here,
        "tried": forms_here.get(what),
        "editable": writable(workspace),
        "people": shown_people(site.people.all()),
        "merged": list(site.merged.all()),
    }
    return render(request, "chains/place.html", context)


def _forms(request: ViewerRequest, site: Site, what: str) -> dict[str, forms.Form]:
    """The three forms of the page; only the one that was sent is filled with what was typed."""

    def typed(name: str) -> Any:
        return request.POST if request.method == "POST" and what == name else None

    started = {name: getattr(site, name) for name in ("local_name", "latitude", "longitude")}
    return {
        "describe": PlaceForm(typed("describe"), initial=started),
        "number": PlaceNumberForm(typed("number"), initial={"checked_on": timezone.localdate()}),
        "people": PeopleForm(typed("people"), auto_id="people_%s"),
    }


def _saved(request: ViewerRequest, workspace: Workspace, site: Site, what: str, form: forms.Form) -> None:
    actor, typed = request.viewer, form.cleaned_data
    if what == "describe":
        services.describe_site(actor=actor, workspace=workspace, site=site, **typed)
    elif what == "number":
        services.keep_number(actor=actor, workspace=workspace, site=site, today=timezone.localdate(), **typed)
    elif isinstance(form, PeopleForm):
        services.keep_people(actor=actor, workspace=workspace, site=site, values=form.values)


def _dropped(
    request: ViewerRequest, workspace: Workspace, site: Site, parts: dict[str, str], what: str
) -> HttpResponse:
    pk, actor = _number(request, "pk"), request.viewer

    def act() -> None:
        if what == "unmerge":
            merged = selectors.own_site(workspace, pk)
            if merged is None:
                raise Http404
            services.undo_merge_of_sites(actor=actor, workspace=workspace, site=merged)
            return
        drop = services.drop_number if what == "drop_number" else services.drop_people
        drop(actor=actor, workspace=workspace, site=site, pk=pk)

    target = reverse("chains:place", kwargs={**parts, "pk": site.pk})
    return tried(request, act, lambda _nothing: _("The place was saved."), target)


def _decided(request: ViewerRequest, workspace: Workspace, parts: dict[str, str]) -> HttpResponse:
    """One place or two: what the firm pressed below a pair."""
    one, other = (selectors.own_site(workspace, _number(request, name)) for name in ("one", "other"))
    if one is None or other is None:
        raise Http404
    decide: dict[str, Callable[[], Any]] = {
        "merge": lambda: services.merge_sites(actor=request.viewer, workspace=workspace, gone=other, kept=one),
        "apart": lambda: services.keep_apart(actor=request.viewer, workspace=workspace, one=one, other=other),
    }
    chosen = decide.get(request.POST.get("what", ""))
    if chosen is None:
        return redirect(reverse("chains:places", kwargs=parts))
    return tried(request, chosen, _said, reverse("chains:places", kwargs=parts))


def _said(touched: Any) -> str:
    if not isinstance(touched, int):
        return _("They stay two places; you will not be asked again.")
    text = ngettext(
        "They are one place now; %(count)s chain was changed with it. Years that were handed in stay as they were.",
        "They are one place now; %(count)s chains were changed with it. Years that were handed in stay as they were.",
        touched,
    )
    return text % {"count": touched}


def _number(request: ViewerRequest, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if value.isdecimal() and len(value) < LONGEST_NUMBER else 0


def _row(site: Site) -> dict[str, Any]:
    return {"site": site, "kind": choices.site_kind_name(site.kind), "country": choices.country_name(site.country)}
