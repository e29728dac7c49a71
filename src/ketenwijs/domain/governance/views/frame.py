"""What all pages of this app share: the agreement of the address, the frame around a page, one form and one service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.governance import policies, selectors, wording
from ketenwijs.foundation.access.pages import ViewerRequest
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion
from ketenwijs.foundation.ui.forms import VersionedForm, add_domain_error

Save = Callable[[Any], object]


def agreement_or_404(request: ViewerRequest, slug: str) -> Agreement:
    """The agreement, when the viewer may read its governance."""
    found = selectors.agreement_for(request.viewer, slug)
    if found is None:
        raise Http404
    return found


def managed_or_404(request: ViewerRequest, slug: str) -> Agreement:
    """The agreement, when the viewer manages its governance."""
    found = agreement_or_404(request, slug)
    if not policies.may_manage(request.viewer, found):
        raise Http404
    return found


def or_404(row: Any) -> Any:
    """What was found; absent and foreign look the same."""
    if row is None:
        raise Http404
    return row


def framed(request: ViewerRequest, agreement: Agreement, tab: str, **words: Any) -> dict[str, Any]:
    """The context of every page: the agreement, its name, the tab that is open, whether the viewer may change things."""
    definition = definition_of(agreement)
    return {
        "agreement": agreement,
        "name": str(definition.name),
        "tab": tab,
        "may_manage": policies.may_manage(request.viewer, agreement),
        "section_names": wording.sections(definition),
        "term_names": wording.terms(definition),
        **words,
    }


def answer(
    request: ViewerRequest,
    form: forms.BaseForm,
    save: Save,
    done: str,
    target: str | Callable[[Any], str],
    context: dict[str, Any],
    *,
    stored: Callable[[], models.Model | None] | None = None,
    template: str = "governance/form.html",
) -> HttpResponse:
    """Show a form, or save it and go on.

    A refusal keeps what was typed. When a colleague saved in the meantime, what `stored` gives is shown beside it (409).
    `target` is an address, or makes one of what was saved.
    """
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            saved = save(form)
        except DomainError as error:
            add_domain_error(form, error)
            if isinstance(error, StaleVersion):
                status = 409
                if isinstance(form, VersionedForm) and stored is not None:
                    form.show_saved(stored())
        else:
            messages.success(request, done)
            return redirect(target(saved) if callable(target) else target)
    return render(request, template, {**context, "form": form}, status=status)


def posted(request: ViewerRequest, act: Callable[[], object], done: str, target: str) -> HttpResponse:
    """Do one act of a button; a refusal is shown on the page it came from."""
    try:
        act()
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(target)
