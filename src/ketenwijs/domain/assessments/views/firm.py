"""The firm's side: its report of the year, hand-in, replies, outcome and letter."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ketenwijs.domain.agreements.parts import parts_for
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.assessments import policies, services
from ketenwijs.domain.assessments.appeals import appeal_of
from ketenwijs.domain.assessments.comparison import comparison_for, previous_dossier
from ketenwijs.domain.assessments.forms import ReplyForm, SizeForm
from ketenwijs.domain.assessments.instruments import outcome_label
from ketenwijs.domain.assessments.models import Dossier
from ketenwijs.domain.assessments.presentation import lines_of_outcome
from ketenwijs.domain.assessments.requirements import is_private
from ketenwijs.domain.assessments.selectors import finding_for, own_dossiers, running_outcome
from ketenwijs.domain.assessments.sizes import size_asked
from ketenwijs.domain.assessments.states import DONE, DOSSIER, DRAFT
from ketenwijs.domain.assessments.views.opening import dossier_or_404, tell, workspace_or_404
from ketenwijs.domain.questionnaires.selectors import sheet_in
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.states.selectors import history_of
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion
from ketenwijs.foundation.ui.forms import add_domain_error


@signed_in
def reports(request: ViewerRequest) -> HttpResponse:
    """All yearly reports of the firm acted for."""
    if not request.viewer.acting_for:
        raise Http404
    return render(request, "assessments/reports.html", {"dossiers": own_dossiers(request.viewer), "machine": DOSSIER})


def _may_take_along(viewer: Viewer, dossier: Dossier, workspace: Workspace) -> bool:
    """Offered once: while the firm fills in and has not begun, and there is an earlier report."""
    begun = sheet_in(workspace) is not None
    own = policies.is_own(viewer, dossier) and dossier.state == DRAFT and not begun
    return own and previous_dossier(dossier) is not None


@signed_in
def dossier(request: ViewerRequest, pk: int) -> HttpResponse:
    """One yearly report: its parts with what is missing, where it stands, and the findings once they are sent."""
    found = dossier_or_404(request, pk)
    workspace = workspace_or_404(request, found)
    may_read = policies.may_read_answers(request.viewer, found)
    parts = [
        (part, part.summary(workspace), part.missing(workspace), part.url(workspace))
        for part in (parts_for(workspace) if may_read else ())
    ]
    size = size_asked(found)
    lacks_size = size is not None and found.size_figure is None
    outcome = running_outcome(found) if found.state in DONE or not policies.is_own(request.viewer, found) else None
    context = {
        "dossier": found,
        "workspace": workspace,
        "parts": parts if found.state == DRAFT else [(part, s, [], url) for part, s, _missing, url in parts],
        "missing_count": sum(len(missing) for _part, _summary, missing, _url in parts) + lacks_size,
        "may_hand_in": policies.may_hand_in(request.viewer, found) and found.state == DRAFT,
        "may_take_back": policies.may_take_back(request.viewer, found),
        "may_read": may_read,
        "is_private": is_private(found),
        "is_done": found.state in DONE,
        "size": size,
        "may_record_size": size is not None and policies.may_record_size(request.viewer, found),
        "may_see_findings": policies.may_see_findings(request.viewer, found),
        "may_reply": policies.may_reply(request.viewer, found),
        "may_assess": policies.may_assess(request.viewer, found),
        "may_take_along": _may_take_along(request.viewer, found, workspace),
        "history": history_of(found),
        "outcome": outcome,
        "outcome_label": outcome_label(outcome, found) if outcome else "",
        "outcome_table": lines_of_outcome(found, outcome) if outcome else None,
        "appeal": None if is_private(found) else appeal_of(found, outcome),
        "machine": DOSSIER,
        "today": timezone.localdate(),
    }
    return render(request, "assessments/dossier.html", context)


@signed_in
def size(request: ViewerRequest, pk: int) -> HttpResponse:
    """The size figure on the reference date."""
    found = dossier_or_404(request, pk)
    asked = size_asked(found)
    if asked is None or not policies.may_record_size(request.viewer, found):
        raise Http404
    help_text = _("In %(unit)s, on %(day)s.") % {"unit": asked.unit, "day": date_format(asked.on)}
    initial = {"value": found.size_figure}
    form = SizeForm(request.POST or None, initial=initial, label=str(asked.name), help_text=help_text)
    if request.method == "POST" and form.is_valid():
        try:
            services.record_size(actor=request.viewer, dossier=found, value=form.cleaned_data["value"])
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The figure is saved."))
            return redirect("assessments:dossier", pk)
    return render(request, "assessments/size.html", {"form": form, "dossier": found, "size": asked})


@signed_in
@require_POST
def hand_in(request: ViewerRequest, pk: int) -> HttpResponse:
    """Hand in; what is missing is listed on the report's page."""
    found = dossier_or_404(request, pk)
    try:
        services.hand_in(actor=request.viewer, dossier=found, workspace=workspace_or_404(request, found))
    except DomainError as error:
        tell(request, error)
    else:
        done = _("Your answers are handed in. Thank you, that was all. Your advice stays here.")
        judged = _("Your report is handed in. You will hear from the secretariat.")
        messages.success(request, done if is_private(found) else judged)
    return redirect("assessments:dossier", pk)


@signed_in
@require_POST
def take_back(request: ViewerRequest, pk: int) -> HttpResponse:
    """Go on with a self-assessment that was handed in."""
    found = dossier_or_404(request, pk)
    try:
        services.take_back(actor=request.viewer, dossier=found, workspace=workspace_or_404(request, found))
    except DomainError as error:
        tell(request, error)
    else:
        messages.success(request, _("You can change your answers again. Hand in once more when you are ready."))
    return redirect("assessments:dossier", pk)


@signed_in
@require_POST
def take_along(request: ViewerRequest, pk: int) -> HttpResponse:
    """Bring all of last year's work along in one press."""
    found = dossier_or_404(request, pk)
    try:
        services.take_along(actor=request.viewer, dossier=found, workspace=workspace_or_404(request, found))
    except DomainError as error:
        tell(request, error)
    else:
        messages.success(request, _("Last year's work came along. Go through the parts and confirm what still holds."))
    return redirect("assessments:dossier", pk)


@signed_in
def findings(request: ViewerRequest, pk: int) -> HttpResponse:
    """The findings with the firm's replies."""
    found = dossier_or_404(request, pk)
    if not policies.may_see_findings(request.viewer, found):
        raise Http404
    rows = [one for one in comparison_for(found).values() if one.finding]
    short_first = sorted(rows, key=lambda one: one.finding.verdict == "met" if one.finding else True)
    context = {
        "dossier": found,
        "workspace": workspace_or_404(request, found),
        "rows": short_first,
        "may_reply": policies.may_reply(request.viewer, found),
    }
    return render(request, "assessments/findings.html", context)


@signed_in
def reply(request: ViewerRequest, pk: int) -> HttpResponse:
    """The firm's reply to one finding."""
    finding = finding_for(request.viewer, pk)
    if finding is None or not policies.may_reply(request.viewer, finding.dossier):
        raise Http404
    row = comparison_for(finding.dossier).get(finding.requirement)
    form = ReplyForm(request.POST or None, initial={"reply": finding.reply, "version": finding.version})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.reply_to(actor=request.viewer, finding=finding, text=data["reply"], version=data["version"])
        except DomainError as error:
            add_domain_error(form, error)
            if isinstance(error, StaleVersion):
                finding.refresh_from_db()
                form.show_newer(finding.version, {"reply": finding.reply})
        else:
            messages.success(request, _("Your reply is saved. Press “Finish the reply” when you are done."))
            return redirect("assessments:findings", finding.dossier_id)
    context = {"form": form, "row": row, "dossier": finding.dossier}
    return render(request, "assessments/reply.html", context, status=form.status)


@signed_in
@require_POST
def finish_reply(request: ViewerRequest, pk: int) -> HttpResponse:
    """Say that there is nothing (more) to reply."""
    found = dossier_or_404(request, pk)
    try:
        services.finish_reply(actor=request.viewer, dossier=found)
    except DomainError as error:
        tell(request, error)
    else:
        messages.success(request, _("Thank you. The assessor now makes the findings final."))
    return redirect("assessments:dossier", pk)
