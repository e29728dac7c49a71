"""How every page of the judgement finds its dossier and its workspace; foreign and absent look the same."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404

from ketenwijs.domain.agreements.workspaces import Workspace, workspace_for
from ketenwijs.domain.assessments.models import Dossier
from ketenwijs.domain.assessments.selectors import dossier_for
from ketenwijs.foundation.access.pages import ViewerRequest
from ketenwijs.foundation.ui.errors import DomainError


def dossier_or_404(request: ViewerRequest, pk: int) -> Dossier:
    """The dossier, if this viewer may open it."""
    dossier = dossier_for(request.viewer, pk)
    if dossier is None:
        raise Http404
    return dossier


def workspace_or_404(request: ViewerRequest, dossier: Dossier) -> Workspace:
    """The workspace of the dossier's firm and year."""
    found = workspace_for(
        request.viewer, dossier.organisation.reference, dossier.round.agreement.slug, dossier.round.year
    )
    if found is None:
        raise Http404
    return found


def tell(request: ViewerRequest, error: DomainError) -> None:
    """Show a refusal on the next page, where there is no form to hold it."""
    messages.error(request, str(error))
