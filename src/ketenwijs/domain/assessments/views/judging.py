"""The assessor's side: this year beside last year, findings one by one or in bulk, decision, second reading, publication."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.assessments import policies, services
from ketenwijs.domain.assessments.comparison import Compared, comparison_for, declared_rows
from ketenwijs.domain.assessments.findings import finding_form, judgement, newer
from ketenwijs.domain.assessments.forms import DecisionForm, FindingForm, PointsForm, PublishForm, ReasonForm
from ketenwijs.domain.assessments.instruments import outcome_choices, outcome_label, proposal_for, scheme_of
from ketenwijs.domain.assessments.models import Dossier
from ketenwijs.domain.assessments.presentation import because_in_words, judged_on, score_lines, value_name
from ketenwijs.domain.assessments.selectors import running_outcome
from ketenwijs.domain.assessments.sizes import size_asked
from ketenwijs.domain.assessments.states import DECIDED, DOSSIER, FINAL, HANDED_IN, HEARING
from ketenwijs.domain.assessments.views.opening import dossier_or_404, tell, workspace_or_404
from ketenwijs.foundation.access.pages import ViewerRequest, needs
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion
from ketenwijs.foundation.ui.forms import add_domain_error


def _staff_dossier(request: ViewerRequest, pk: int) -> Dossier:
    """The dossier for staff; answers that are only counted are opened by nobody."""
    dossier = dossier_or_404(request, pk)
    if policies.is_own(request.viewer, dossier) or not policies.may_read_answers(request.viewer, dossier):
        raise Http404
    return dossier


@needs("assessments.see_board")
def assess(request: ViewerRequest, pk: int) -> HttpResponse:
    """All requirements beside last year: first what changed or fell short, then what may be confirmed in one press."""
    found = dossier_or_404(request, pk)
    if not policies.may_read_answers(request.viewer, found):
        return redirect("assessments:dossier", pk)
    dossier = _staff_dossier(request, pk)
    rows = list(comparison_for(dossier).values())
    outcome = running_outcome(dossier)
    context = {
        "dossier": dossier,
        "group": _group_name(dossier),
        "judged_on": judged_on(dossier),
        "workspace": workspace_or_404(request, dossier),
        "to_judge": [row for row in rows if not row.may_confirm_in_bulk and not _judged(row, dossier)],
        "bulk": [row for row in rows if row.may_confirm_in_bulk and not _judged(row, dossier)],
        "judged": [row for row in rows if _judged(row, dossier)],
        "may_assess": policies.may_assess(request.viewer, dossier),
        "may_confirm": policies.may_confirm(request.viewer, dossier),
        "may_publish": policies.may_publish(request.viewer, dossier),
        "is_handed_in": dossier.state == HANDED_IN,
        "is_hearing": dossier.state == HEARING,
        "is_final": dossier.state == FINAL,
        "is_decided": dossier.state == DECIDED,
        "outcome": outcome,
        "outcome_label": outcome_label(outcome, dossier) if outcome else "",
        "may_assign": policies.may_assign(request.viewer, dossier),
        "has_points": any(row.most_points for row in rows),
        "declared": declared_rows(dossier, rows),
        "size": size_asked(dossier),
        "is_aggregate": scheme_of(dossier).published == "aggregate",
        "machine": DOSSIER,
    }
    return render(request, "assessments/assess.html", context)


def _group_name(dossier: Dossier) -> str:
    groups = definition_of(dossier.round.agreement).groups
    return next((str(one.name) for one in groups if one.code == dossier.group), dossier.group)


def _judged(row: Compared, dossier: Dossier) -> bool:
    if row.finding is None or not row.finding.verdict:
        return False
    waits_for_answer = dossier.state == FINAL and row.finding.reply and not row.finding.final_verdict
    return not waits_for_answer


@needs("assessments.assess")
@require_POST
def confirm_unchanged(request: ViewerRequest, pk: int) -> HttpResponse:
    """Confirm in one press what was met and is unchanged."""
    dossier = _staff_dossier(request, pk)
    try:
        number = services.confirm_unchanged(
            actor=request.viewer, dossier=dossier, requirements=request.POST.getlist("requirement")
        )
    except DomainError as error:
        tell(request, error)
    else:
        messages.success(request, _("%(count)s requirements are confirmed as last year.") % {"count": number})
    return redirect("assessments:assess", pk)


@needs("assessments.assess")
@require_POST
def take_over(request: ViewerRequest, pk: int) -> HttpResponse:
    """Judge in one press as the participant states, where no proof is asked."""
    dossier = _staff_dossier(request, pk)
    try:
        number = services.take_over_declared(
            actor=request.viewer, dossier=dossier, requirements=request.POST.getlist("requirement")
        )
    except DomainError as error:
        tell(request, error)
    else:
        messages.success(request, _("%(count)s findings follow the participant's own statement.") % {"count": number})
    return redirect("assessments:assess", pk)


@needs("assessments.assess")
def judge(request: ViewerRequest, pk: int, requirement: str) -> HttpResponse:
    """One finding, draft or final; after saving the next open one follows."""
    dossier = _staff_dossier(request, pk)
    row = comparison_for(dossier).get(requirement)
    if row is None:
        raise Http404
    form = finding_form(row, dossier, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, dossier, row, form)
        except DomainError as error:
            add_domain_error(form, error)
            if isinstance(error, StaleVersion):
                row = comparison_for(dossier)[requirement]
                form.show_newer(*newer(row, dossier))
        else:
            following = _next_open(dossier)
            if following is None:
                return redirect("assessments:assess", pk)
            return redirect("assessments:judge", pk, following)
    context = {"form": form, "row": row, "dossier": dossier, "is_final": dossier.state == FINAL}
    return render(request, "assessments/judge.html", context, status=form.status)


def _save(request: ViewerRequest, dossier: Dossier, row: Compared, form: FindingForm | PointsForm) -> None:
    if dossier.state == FINAL and row.finding is not None:
        services.judge_finally(actor=request.viewer, finding=row.finding, **judgement(form))
    else:
        requirement = row.applicable.identifier
        services.judge(actor=request.viewer, dossier=dossier, requirement=requirement, **judgement(form))


def _next_open(dossier: Dossier) -> str | None:
    rows = comparison_for(dossier)
    return next((key for key, row in rows.items() if not row.may_confirm_in_bulk and not _judged(row, dossier)), None)


@needs("assessments.see_board")
@require_POST
def send_findings(request: ViewerRequest, pk: int) -> HttpResponse:
    """Send the draft findings to the firm, or go on when its reply time is over."""
    dossier = _staff_dossier(request, pk)
    verb = services.close_hearing if dossier.state == HEARING else services.send_findings
    try:
        verb(actor=request.viewer, dossier=dossier)
    except DomainError as error:
        tell(request, error)
    return redirect("assessments:assess", pk)


@needs("assessments.see_board")
def return_dossier(request: ViewerRequest, pk: int) -> HttpResponse:
    """Return the report to the firm, or send the outcome back to the assessor: both need a reason."""
    dossier = _staff_dossier(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            if dossier.state == DECIDED:
                services.send_back(actor=request.viewer, dossier=dossier, reason=reason)
            else:
                services.return_to_firm(
                    actor=request.viewer, dossier=dossier, workspace=workspace_or_404(request, dossier), reason=reason
                )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            return redirect("assessments:assess", pk)
    return render(
        request, "assessments/return.html", {"form": form, "dossier": dossier, "to_assessor": dossier.state == DECIDED}
    )


@needs("assessments.assess")
def decide(request: ViewerRequest, pk: int) -> HttpResponse:
    """The outcome: the rule's proposal with its reasons, and the assessor's decision."""
    dossier = _staff_dossier(request, pk)
    proposal = proposal_for(dossier)
    form = DecisionForm(request.POST or None, outcomes=outcome_choices(dossier), initial={"value": proposal.value})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.decide(actor=request.viewer, dossier=dossier, value=data["value"], reason=data["reason"])
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The outcome is with the second reader."))
            return redirect("assessments:assess", pk)
    context = {
        "form": form,
        "dossier": dossier,
        "proposal": proposal,
        "proposed": value_name(dossier, proposal.value),
        "because": because_in_words(proposal),
        "lines": score_lines(dossier, proposal),
    }
    return render(request, "assessments/decide.html", context)


@needs("assessments.confirm")
@require_POST
def confirm(request: ViewerRequest, pk: int) -> HttpResponse:
    """The second reader agrees."""
    dossier = _staff_dossier(request, pk)
    try:
        services.confirm(actor=request.viewer, dossier=dossier)
    except DomainError as error:
        tell(request, error)
    else:
        messages.success(request, _("The outcome is confirmed. It can be published now."))
    return redirect("assessments:assess", pk)


@needs("assessments.publish")
def publish(request: ViewerRequest, pk: int) -> HttpResponse:
    """Publish the outcome as of a day, after looking at what will be public."""
    dossier = _staff_dossier(request, pk)
    outcome = running_outcome(dossier)
    if outcome is None:
        raise Http404
    is_aggregate = scheme_of(dossier).published == "aggregate"
    form = PublishForm(request.POST or None, is_aggregate=is_aggregate)
    if request.method == "POST" and form.is_valid():
        try:
            services.publish(actor=request.viewer, dossier=dossier, on=form.cleaned_data["on"])
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The report is finished.") if is_aggregate else _("The outcome is public now."))
            return redirect("assessments:assess", pk)
    context = {
        "form": form,
        "dossier": dossier,
        "outcome": outcome,
        "label": outcome_label(outcome, dossier),
        "is_aggregate": is_aggregate,
    }
    return render(request, "assessments/publish.html", context)
