"""Meetings with their papers and minutes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.governance import policies, presentation, selectors, services, states
from ketenwijs.domain.governance.forms.bodies import ApproveForm, HoldForm, MeetingForm, NewMeetingForm, PaperForm
from ketenwijs.domain.governance.forms.rows import ReasonForm, ShowForm
from ketenwijs.domain.governance.models import Meeting
from ketenwijs.domain.governance.views.frame import (
    agreement_or_404,
    answer,
    framed,
    managed_or_404,
    or_404,
    posted,
)
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.states.selectors import history_of
from ketenwijs.foundation.ui.pages import paginate


@signed_in
def meetings(request: ViewerRequest, agreement: str) -> HttpResponse:
    """All meetings, latest first, narrowed by state."""
    found = agreement_or_404(request, agreement)
    form = ShowForm(request.GET, choices=states.MEETING.choices())
    rows = selectors.meetings_of(request.viewer, found)
    if form.shown:
        rows = rows.filter(state=form.shown)
    page = paginate(request, rows)
    words = {"page": page, "rows": presentation.meeting_rows(page), "filter": form, "today": timezone.localdate()}
    return render(request, "governance/meetings.html", framed(request, found, "meetings", **words))


@signed_in
def meeting(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """One meeting: agenda, papers, minutes, who was there, what was decided."""
    found = agreement_or_404(request, agreement)
    shown = or_404(selectors.meeting_for(request.viewer, found, pk))
    may_add = policies.may_manage(request.viewer, found) and shown.state in (states.PLANNED, states.HELD)
    context = framed(
        request,
        found,
        "meetings",
        meeting=shown,
        badge=presentation.badge(shown.state, states.MEETING),
        papers=list(shown.papers.all()),
        present=list(shown.present.select_related("organisation").order_by("holder")),
        history=history_of(shown),
        decisions=presentation.decision_rows(selectors.decisions_of(request.viewer, found).filter(meeting=shown)),
        paper_form=PaperForm(minutes=shown.state == states.HELD) if may_add else None,
        is_over=shown.day <= timezone.localdate(),
    )
    return render(request, "governance/meeting.html", context)


def _address(agreement: Agreement, row: Meeting) -> str:
    return reverse("governance:meeting", args=[agreement.slug, row.pk])


@signed_in
def new_meeting(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Plan a meeting of one of the bodies that exist."""
    found, today = managed_or_404(request, agreement), timezone.localdate()
    bodies = [one for one in selectors.bodies_of(request.viewer, found) if one.until is None or one.until >= today]
    initial = {"body": request.GET.get("body", "")}
    form = NewMeetingForm(request.POST or None, bodies=bodies, initial=initial)

    def save(filled: NewMeetingForm) -> Meeting:
        return services.save_meeting(
            actor=request.viewer, body=filled.cleaned_data["body"], values=filled.values, version=0
        )

    context = framed(
        request,
        found,
        "meetings",
        title=_("Plan a meeting"),
        cancel=reverse("governance:meetings", args=[agreement]),
        explanation="" if bodies else _("There is no body yet. Set up the steering group first."),
    )
    return answer(request, form, save, _("The meeting is planned."), lambda one: _address(found, one), context)


@signed_in
def change_meeting(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Change a planned meeting."""
    found = managed_or_404(request, agreement)
    row = or_404(selectors.meeting_for(request.viewer, found, pk))
    form = MeetingForm(request.POST or None, row=row)

    def save(filled: MeetingForm) -> Meeting:
        return services.save_meeting(
            actor=request.viewer, body=row.body, values=filled.values, meeting=row,
            version=filled.cleaned_data["version"],
        )  # fmt: skip

    context = framed(
        request,
        found,
        "meetings",
        title=_("Change the meeting"),
        cancel=_address(found, row),
        explanation=str(row.body),
    )
    return answer(
        request, form, save, _("The meeting is saved."), _address(found, row), context,
        stored=lambda: selectors.meeting_for(request.viewer, found, pk),
    )  # fmt: skip


@signed_in
def add_paper(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Add a paper or the minutes; the form stands on the page of the meeting, a refused file comes back here."""
    found = managed_or_404(request, agreement)
    row = or_404(selectors.meeting_for(request.viewer, found, pk))
    form = PaperForm(request.POST or None, request.FILES or None, minutes=row.state == states.HELD)

    def save(filled: PaperForm) -> object:
        return services.add_paper(actor=request.viewer, meeting=row, **filled.cleaned_data)

    context = framed(
        request, found, "meetings", title=_("Add a paper"), cancel=_address(found, row), explanation=str(row.body)
    )
    return answer(request, form, save, _("The paper is added."), _address(found, row), context)


@signed_in
@require_POST
def remove_paper(request: ViewerRequest, agreement: str, pk: int, paper: int) -> HttpResponse:
    """Take a paper away."""
    found = managed_or_404(request, agreement)
    row = or_404(selectors.meeting_for(request.viewer, found, pk))
    taken = or_404(selectors.paper_for(request.viewer, row, paper))
    return posted(
        request,
        lambda: services.remove_paper(actor=request.viewer, paper=taken),
        _("The paper is taken away."),
        _address(found, row),
    )


@signed_in
def hold(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Record that the meeting was held and who was there."""
    found = managed_or_404(request, agreement)
    row = or_404(selectors.meeting_for(request.viewer, found, pk))
    context = framed(
        request,
        found,
        "meetings",
        title=_("The meeting was held"),
        cancel=_address(found, row),
        explanation=str(row.body),
    )
    seats = selectors.seats_on(row.body, row.day)
    form = HoldForm(request.POST if request.method == "POST" else None, seats=seats, names=context["section_names"])

    def save(filled: HoldForm) -> object:
        return services.hold_meeting(actor=request.viewer, meeting=row, **filled.cleaned_data)

    return answer(request, form, save, _("The meeting is recorded as held."), _address(found, row), context)


@signed_in
def approve(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Record that the minutes were approved."""
    found = managed_or_404(request, agreement)
    row = or_404(selectors.meeting_for(request.viewer, found, pk))
    form = ApproveForm(request.POST or None)

    def save(filled: ApproveForm) -> object:
        return services.approve_minutes(actor=request.viewer, meeting=row, **filled.cleaned_data)

    explanation = _("After this the papers and minutes of this meeting stay as they are.")
    context = framed(
        request, found, "meetings", title=_("Approve the minutes"), cancel=_address(found, row), explanation=explanation
    )
    return answer(request, form, save, _("The minutes are approved."), _address(found, row), context)


@signed_in
def cancel(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Cancel a planned meeting."""
    found = managed_or_404(request, agreement)
    row = or_404(selectors.meeting_for(request.viewer, found, pk))
    if row.state != states.PLANNED:
        return redirect(_address(found, row))
    form = ReasonForm(request.POST or None)

    def save(filled: ReasonForm) -> object:
        return services.cancel_meeting(actor=request.viewer, meeting=row, reason=filled.cleaned_data["reason"])

    context = framed(
        request,
        found,
        "meetings",
        title=_("Cancel the meeting"),
        cancel=_address(found, row),
        explanation=str(row.body),
    )
    return answer(request, form, save, _("The meeting is cancelled."), _address(found, row), context)
