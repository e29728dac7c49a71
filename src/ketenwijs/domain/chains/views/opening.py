"""How every page of a firm's chains opens: the workspace for this viewer, or 404; and what pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ketenwijs.domain.agreements.workspaces import Workspace, workspace_for
from ketenwijs.domain.chains import policies
from ketenwijs.domain.chains.models import IntakeBatch
from ketenwijs.domain.chains.selectors import batch_in, is_closed
from ketenwijs.foundation.access.pages import ViewerRequest
from ketenwijs.foundation.ui.errors import DomainError


def opened(request: ViewerRequest, parts: dict[str, str]) -> Workspace:
    """The workspace behind the address; foreign and absent look the same."""
    workspace = workspace_for(request.viewer, parts["firm"], parts["agreement"], parts["year"])
    if workspace is None or not policies.may_read_in(request.viewer, workspace):
        raise Http404
    return workspace


def opened_to_edit(request: ViewerRequest, parts: dict[str, str]) -> Workspace:
    """The same for pages on which the firm changes something; staff do not find these at all."""
    workspace = opened(request, parts)
    if not policies.may_edit(request.viewer, workspace.organisation.pk):
        raise Http404
    return workspace


def opened_batch(request: ViewerRequest, pk: int, parts: dict[str, str]) -> tuple[Workspace, IntakeBatch]:
    """An uploaded sheet of the firm and year in the address; for the firm alone."""
    workspace = opened_to_edit(request, parts)
    batch = batch_in(workspace, pk)
    if batch is None:
        raise Http404
    return workspace, batch


def writable(workspace: Workspace) -> bool:
    """Whether the page offers changes at all."""
    may_edit = policies.may_edit(workspace.viewer, workspace.organisation.pk)
    return may_edit and not workspace.read_only and not is_closed(workspace)


def go_to(name: str, parts: dict[str, str], **more: int) -> HttpResponse:
    """On to a page of the same firm, agreement and year."""
    return redirect(reverse(f"chains:{name}", kwargs={**parts, **more}))


def ticked(request: ViewerRequest) -> list[int]:
    """Numbers of the ticked chains; what is no number is left out."""
    return [int(value) for value in request.POST.getlist("chain") if value.isdecimal() and len(value) < 18]


def to_places(pk: int, parts: dict[str, str]) -> HttpResponse:
    """Back to one chain, where there is room for one more place."""
    return redirect(reverse("chains:change", kwargs={**parts, "pk": pk}) + "#places")


def tried(request: ViewerRequest, act: Callable[[], Any], done: Callable[[Any], str], target: str) -> HttpResponse:
    """For buttons: do it, say so or say why not, and go on to `target`."""
    try:
        result = act()
    except DomainError as error:
        messages.error(request, str(error.sentence))
    else:
        messages.success(request, done(result))
    return redirect(target)
