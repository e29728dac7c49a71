"""The feedback letter on screen and as a Word file."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ketenwijs.domain.assessments import policies
from ketenwijs.domain.assessments.letters import Letter, letter_of, word_file
from ketenwijs.domain.assessments.models import Dossier
from ketenwijs.domain.assessments.requirements import is_private
from ketenwijs.domain.assessments.states import CONFIRMED, DONE
from ketenwijs.domain.assessments.views.opening import dossier_or_404
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _letter(request: ViewerRequest, pk: int) -> tuple[Dossier, Letter]:
    dossier = dossier_or_404(request, pk)
    finished = (
        dossier.state in DONE if policies.is_own(request.viewer, dossier) else dossier.state in (CONFIRMED, *DONE)
    )
    if not finished or is_private(dossier):
        raise Http404
    return dossier, letter_of(dossier)


@signed_in
@require_GET
def letter(request: ViewerRequest, pk: int) -> HttpResponse:
    """The letter on screen, printable."""
    dossier, found = _letter(request, pk)
    return render(request, "assessments/letter.html", {"dossier": dossier, "letter": found})


@signed_in
@require_GET
def letter_word(request: ViewerRequest, pk: int) -> HttpResponse:
    """The same letter as an editable file."""
    dossier, found = _letter(request, pk)
    name = f"{dossier.round.year}-{dossier.organisation.reference}.docx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(word_file(found), content_type=WORD, headers=headers)
