"""The board of the round for a small team, opening rounds, and dividing the work."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ketenwijs.domain.agreements.selectors import agreements_of, definition_of, report_years
from ketenwijs.domain.assessments import policies, services
from ketenwijs.domain.assessments.forms import AssignForm
from ketenwijs.domain.assessments.instruments import states_offered
from ketenwijs.domain.assessments.models import Round
from ketenwijs.domain.assessments.selectors import board_columns, board_rows, is_late, round_for, rounds_visible_to
from ketenwijs.domain.assessments.simulation import may_simulate
from ketenwijs.domain.assessments.staff import staff_of
from ketenwijs.domain.assessments.states import DOSSIER, HEARING
from ketenwijs.domain.assessments.views.opening import dossier_or_404, tell
from ketenwijs.domain.assessments.views.totals import has_totals
from ketenwijs.foundation.access.pages import ViewerRequest, needs
from ketenwijs.foundation.ui.errors import DomainError
from ketenwijs.foundation.ui.forms import add_domain_error
from ketenwijs.foundation.ui.pages import paginate

LONG_AGO = timedelta(days=366)
"""Years that ended longer ago and have no round stand apart: few still have something to record there."""


@needs("assessments.see_board")
def rounds(request: ViewerRequest) -> HttpResponse:
    """All rounds, and for the coordinator the report years that have none yet."""
    known = list(rounds_visible_to(request.viewer))
    have = {(one.agreement_id, one.year) for one in known}
    waiting = [
        (agreement, year)
        for agreement in agreements_of(request.viewer)
        if policies.may_manage_round(request.viewer, Round(agreement=agreement))
        for year in report_years(agreement)
        if (agreement.pk, year.code) not in have and year.starts_on <= timezone.localdate()
    ]
    names = {one.agreement_id: str(definition_of(one.agreement).name) for one in known}
    names |= {one.pk: str(definition_of(one).name) for one, _year in waiting}
    since = timezone.localdate() - LONG_AGO
    recent = [(agreement, year) for agreement, year in waiting if year.ends_on >= since]
    earlier = [pair for pair in waiting if pair not in recent]
    context = {"rounds": known, "waiting": recent, "earlier": earlier, "names": names}
    return render(request, "assessments/rounds.html", context)


@needs("assessments.manage_rounds")
@require_POST
def open_round(request: ViewerRequest, agreement: str, year: str) -> HttpResponse:
    """Open a round, or record that the year has none."""
    found = next((a for a in agreements_of(request.viewer) if a.slug == agreement), None)
    chosen = next((y for y in report_years(found) if y.code == year), None) if found else None
    if found is None or chosen is None:
        raise Http404
    verb = services.open_round if chosen.held else services.record_year_without_round
    try:
        verb(actor=request.viewer, agreement=found, year=chosen)
    except DomainError as error:
        tell(request, error)
        return redirect("assessments:rounds")
    return redirect("assessments:board", agreement, year)


@needs("assessments.see_board")
def board(request: ViewerRequest, agreement: str, year: str) -> HttpResponse:
    """Every report of the round: where it stands, who works on it, what is late."""
    found = round_for(request.viewer, agreement, year)
    if found is None:
        raise Http404
    chosen: dict[str, Any] = {
        "state": request.GET.get("state", ""),
        "mine": "mine" in request.GET,
        "name": request.GET.get("name", ""),
    }
    today = timezone.localdate()
    offered = states_offered(found)
    columns = [one for one in board_columns(found, today) if one.count or one.state in offered]
    groups = {one.code: one.name for one in definition_of(found.agreement).groups}
    page = paginate(request, board_rows(request.viewer, found, **chosen))
    context = {
        "round": found,
        "columns": columns,
        "page": page,
        "rows": [(one, groups.get(one.group, one.group)) for one in page.object_list],
        "late": {one.pk for one in page.object_list if is_late(one, found, today)},
        "late_in_all": sum(one.late for one in columns),
        "chosen": chosen,
        "machine": DOSSIER,
        "has_totals": has_totals(found),
        "is_private": HEARING not in offered,
        "may_simulate": may_simulate(request.viewer, found) and found.edition_id is not None and HEARING in offered,
        "may_close": policies.may_manage_round(request.viewer, found) and not found.closed_at,
    }
    return render(request, "assessments/board.html", context)


@needs("assessments.assign")
def assign(request: ViewerRequest, pk: int) -> HttpResponse:
    """Say who advises, assesses and reads second."""
    dossier = dossier_or_404(request, pk)
    initial = {
        "adviser": dossier.adviser_id,
        "assessor": dossier.assessor_id,
        "second_reader": dossier.second_reader_id,
    }
    form = AssignForm(request.POST or None, initial=initial, people=staff_of(dossier.round.agreement))
    if request.method == "POST" and form.is_valid():
        try:
            services.assign(actor=request.viewer, dossier=dossier, **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The work is divided."))
            return redirect("assessments:assess", pk)
    return render(request, "assessments/assign.html", {"form": form, "dossier": dossier})
