"""Meetings: planning, papers and minutes, holding, approving the minutes, cancelling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.governance import policies, states
from ketenwijs.domain.governance.models import Body, Meeting, MeetingPaper, Seat
from ketenwijs.domain.governance.services import writing
from ketenwijs.foundation.access.viewer import AGREEMENT, Viewer
from ketenwijs.foundation.files.services import Upload, store
from ketenwijs.foundation.files.services import remove as remove_file
from ketenwijs.foundation.states.services import move
from ketenwijs.foundation.ui.errors import DomainError

PURPOSE = "governance.paper"
MEETING_FIELDS = ("day", "starts_at", "place", "is_online", "agenda")
MOST_PAPERS = 60


@transaction.atomic
def save_meeting(
    *,
    actor: Viewer,
    body: Body,
    values: Mapping[str, Any],
    meeting: Meeting | None = None,
    version: int = 0,
    is_example: bool = False,
) -> Meeting:
    """Plan a meeting, or change a planned one. Refuses a day outside the body's time and no place at all."""
    agreement = body.agreement
    writing.managers_only(actor, agreement)
    writing.known_fields(values, MEETING_FIELDS)
    if not body.exists_on(values["day"]):
        writing.refuse(_("The body does not exist on this day. Correct the date."), day=_("Outside the body's time."))
    if not values.get("place") and not values.get("is_online"):
        writing.refuse(_("Say where the meeting is, or that it is online."), place=_("Fill in a place."))
    if meeting is None:
        meeting = Meeting.objects.create(body=body, is_example=is_example, **values)
    else:
        if meeting.state != states.PLANNED:
            raise DomainError(_("This meeting is no longer planned; what was held or cancelled stays as it was."))
        writing.save_version(meeting, version, values)
    writing.note(actor, agreement, "meeting.saved", meeting, body=body.pk, day=meeting.day)
    return meeting


@transaction.atomic
def add_paper(*, actor: Viewer, meeting: Meeting, kind: str, title: str, upload: Upload) -> MeetingPaper:
    """Add a paper, or the minutes. The file is checked first; nothing is added after the minutes were approved."""
    agreement = meeting.body.agreement
    writing.managers_only(actor, agreement)
    writing.one_of(kind, MeetingPaper.Kind.values, "kind")
    _still_open(meeting)
    if kind == MeetingPaper.Kind.MINUTES and meeting.state == states.PLANNED:
        writing.refuse(
            _("The meeting was not held yet. Say first that it was held, then add its minutes."),
            kind=_("Not before the meeting."),
        )
    if meeting.papers.count() >= MOST_PAPERS:
        raise DomainError(_("A meeting takes at most 60 papers. Put several in one file."))
    stored = store(
        actor=actor,
        uploaded=upload,
        purpose=PURPOSE,
        owner_kind=AGREEMENT,
        owner_key=agreement.slug,
        chain=agreement.slug,
    )
    paper = MeetingPaper.objects.create(
        meeting=meeting, kind=kind, title=title.strip() or stored.name.rpartition(".")[0], file=stored
    )
    writing.note(
        actor, agreement, "paper.added", meeting, paper=paper.pk, kind=kind, name=stored.name, sha256=stored.sha256
    )
    return paper


@transaction.atomic
def remove_paper(*, actor: Viewer, paper: MeetingPaper) -> None:
    """Take a paper away from a meeting whose minutes are not approved; its file goes too."""
    meeting, file = paper.meeting, paper.file
    agreement = meeting.body.agreement
    writing.managers_only(actor, agreement)
    _still_open(meeting)
    writing.note(actor, agreement, "paper.removed", meeting, paper=paper.pk, name=file.name, sha256=file.sha256)
    paper.delete()
    remove_file(actor=actor, file=file)


@transaction.atomic
def hold_meeting(
    *, actor: Viewer, meeting: Meeting, present: Iterable[Seat] = (), guests: str = "", today: date | None = None
) -> Meeting:
    """Record that a meeting took place and, as far as known, who was there. Not before its day."""
    agreement = meeting.body.agreement
    writing.managers_only(actor, agreement)
    if meeting.day > (today or timezone.localdate()):
        raise DomainError(_("The day of the meeting is still to come. Correct its date if it was held earlier."))
    seats = list(present)
    if any(seat.body_id != meeting.body_id for seat in seats):
        writing.refuse(_("Choose people of this body."), present=_("Choose people of this body."))
    move(actor=actor, instance=meeting, machine=states.MEETING, name="hold", scopes=policies.scopes_of(agreement))
    meeting.guests = guests.strip()
    meeting.save(update_fields=["guests"])
    meeting.present.set(seats)
    writing.note(actor, agreement, "meeting.held", meeting, present=[seat.pk for seat in seats])
    return meeting


@transaction.atomic
def approve_minutes(*, actor: Viewer, meeting: Meeting, approved_on: date, today: date | None = None) -> Meeting:
    """Record the day on which the minutes were approved; from then on the papers of the meeting stay as they are."""
    agreement = meeting.body.agreement
    writing.managers_only(actor, agreement)
    if not meeting.papers.filter(kind=MeetingPaper.Kind.MINUTES).exists():
        raise DomainError(_("There are no minutes yet. Add them first."))
    if not meeting.day <= approved_on <= (today or timezone.localdate()):
        writing.refuse(
            _("Minutes are approved after the meeting and not in the future. Correct the date."),
            approved_on=_("Not possible."),
        )
    move(actor=actor, instance=meeting, machine=states.MEETING, name="approve", scopes=policies.scopes_of(agreement))
    meeting.approved_on = approved_on
    meeting.save(update_fields=["approved_on"])
    writing.note(actor, agreement, "meeting.minutes_approved", meeting, approved_on=approved_on)
    return meeting


@transaction.atomic
def cancel_meeting(*, actor: Viewer, meeting: Meeting, reason: str) -> Meeting:
    """Cancel a planned meeting with a reason; it stays on the list."""
    agreement = meeting.body.agreement
    writing.managers_only(actor, agreement)
    move(
        actor=actor,
        instance=meeting,
        machine=states.MEETING,
        name="cancel",
        scopes=policies.scopes_of(agreement),
        reason=reason,
    )
    writing.note(actor, agreement, "meeting.cancelled", meeting, reason=reason)
    return meeting


def _still_open(meeting: Meeting) -> None:
    if meeting.state in (states.APPROVED, states.CANCELLED):
        raise DomainError(_("The papers of this meeting are settled and stay as they are."))
