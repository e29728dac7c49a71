"""What all pages of the register of locations share: the agreement, the frame of the page, one form and one service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.selectors import agreement_for, definition_of
from ketenwijs.domain.chains import policies, selectors
from ketenwijs.domain.chains.models import SharedSite
from ketenwijs.foundation.access.pages import ViewerRequest
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion
from ketenwijs.foundation.ui.forms import VersionedForm, add_domain_error


def opened_register(request: ViewerRequest, slug: str) -> Agreement:
    """The agreement whose register the viewer keeps; foreign and absent look the same."""
    found = agreement_for(request.viewer, slug)
    if found is None or not policies.may_match_sites(request.viewer, found):
        raise Http404
    return found


def opened_location(request: ViewerRequest, slug: str, pk: int) -> tuple[Agreement, SharedSite]:
    """One location of that register, merged ones included."""
    agreement = opened_register(request, slug)
    location = selectors.location_for(request.viewer, agreement, pk)
    if location is None:
        raise Http404
    return agreement, location


def address(agreement: Agreement, location: SharedSite) -> str:
    """The page of the location that stands for this one now."""
    return reverse("chains:location", args=[agreement.slug, location.current_id or location.pk])


def framed(agreement: Agreement, tab: str, **words: Any) -> dict[str, Any]:
    """The context of every page of the register."""
    return {"agreement": agreement, "name": str(definition_of(agreement).name), "tab": tab, **words}


def answer(
    request: ViewerRequest,
    form: forms.BaseForm,
    save: Callable[[], Any],
    done: str,
    target: Callable[[Any], str],
    context: dict[str, Any],
    stored: Callable[[], SharedSite | None] | None = None,
) -> HttpResponse:
    """Show a form, or save it and go on. A refusal keeps what was typed; a colleague's newer save is shown (409)."""
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            saved = save()
        except DomainError as error:
            add_domain_error(form, error)
            if isinstance(error, StaleVersion):
                status = 409
                if stored is not None and isinstance(form, VersionedForm):
                    form.show_saved(stored())
        else:
            messages.success(request, done)
            return redirect(target(saved))
    return render(request, "chains/location_form.html", {**context, "form": form}, status=status)
