"""Forms of bodies, seats and meetings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.definitions import AgreementFile
from ketenwijs.domain.governance import vocabulary
from ketenwijs.domain.governance.forms.rows import RowForm, day, long_text, picked
from ketenwijs.domain.governance.models import Body, Meeting, MeetingPaper, Seat
from ketenwijs.domain.governance.services.bodies import BODY_FIELDS, SEAT_FIELDS
from ketenwijs.domain.governance.services.meetings import MEETING_FIELDS
from ketenwijs.domain.governance.wording import sections
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.ui.forms import DayField


class BodyForm(RowForm):
    """A body; which one of the package it is can be said where the package describes any."""

    class Meta:
        model = Body
        fields = list(BODY_FIELDS)
        widgets = {"since": day(), "until": day(), "task": long_text()}

    def __init__(self, *args: Any, definition: AgreementFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("kind", vocabulary.choices(vocabulary.body_kinds().values()))
        if definition.bodies:
            described = [(one.code, str(one.name)) for one in definition.bodies]
            self.choose("code", described, _("The agreement's own description then stands beside it."))
        else:
            del self.fields["code"]


class SeatForm(RowForm):
    """Somebody's seat; filling in the last day ends it."""

    class Meta:
        model = Seat
        fields = list(SEAT_FIELDS)
        widgets = {"since": day(), "until": day()}
        help_texts = {
            "organisation_name": _("Only if it does not stand in the list of parties."),
            "until": _("Fill this in when the seat ends; it then stays readable as earlier."),
        }

    def __init__(self, *args: Any, definition: AgreementFile, parties: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("role", vocabulary.choices(vocabulary.seat_roles().values()))
        self.choose(
            "section",
            list(sections(definition).items()),
            _("A member sits for a section; an independent chair and a secretary for none."),
        )
        by_pk = {str(one.pk): one for one in parties}
        self.fields["organisation"] = forms.TypedChoiceField(
            label=_("Party"),
            choices=[("", _("not chosen")), *((pk, one.name) for pk, one in by_pk.items())],
            coerce=lambda pk: by_pk[pk],
            empty_value=None,
            required=False,
        )
        if not parties:
            del self.fields["organisation"]
            self.fields["organisation_name"].label = _("Organisation")
            self.fields["organisation_name"].help_text = ""


class MeetingForm(RowForm):
    """When and where a body meets, and about what."""

    class Meta:
        model = Meeting
        fields = list(MEETING_FIELDS)
        widgets = {
            "day": day(),
            "starts_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "agenda": long_text(6),
        }
        help_texts = {"agenda": _("One point a line.")}


class NewMeetingForm(MeetingForm):
    """The same with the body that meets; only bodies that exist now are offered."""

    field_order = ["body", *MEETING_FIELDS]

    def __init__(self, *args: Any, bodies: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = body_choice(bodies)
        self.order_fields(self.field_order)


def body_choice(bodies: list[Body], required: bool = True, label: Any = "") -> forms.TypedChoiceField:
    """A list of bodies that gives the body itself."""
    by_pk = {str(one.pk): one for one in bodies}
    empty = [] if required and len(bodies) == 1 else [("", _("not chosen"))]
    return forms.TypedChoiceField(
        label=label or _("body"),
        choices=[*empty, *((pk, one.name) for pk, one in by_pk.items())],
        coerce=lambda pk: by_pk[pk],
        empty_value=None,
        required=required,
    )


class PaperForm(forms.Form):
    """One file of a meeting."""

    kind = picked(_("kind"), MeetingPaper.Kind.choices)
    title = forms.CharField(
        label=_("title"), max_length=160, required=False, help_text=_("Left empty, the name of the file is used.")
    )
    upload = forms.FileField(label=_("file"), help_text=_("PDF, Word, a sheet or a picture."))

    def __init__(self, *args: Any, minutes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial = MeetingPaper.Kind.MINUTES
        if not minutes:
            self.fields["kind"] = forms.CharField(widget=forms.HiddenInput, initial=MeetingPaper.Kind.PAPER)


class HoldForm(forms.Form):
    """Who was there, as far as somebody wants to keep that."""

    present = forms.TypedMultipleChoiceField(
        label=_("Who was there"), widget=forms.CheckboxSelectMultiple, required=False
    )
    guests = forms.CharField(label=_("Others present"), widget=long_text(2), required=False)

    def __init__(self, *args: Any, seats: list[Seat], names: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_pk = {str(one.pk): one for one in seats}
        field = self.fields["present"]
        field.coerce = lambda pk: by_pk[pk]  # type: ignore[attr-defined]
        field.choices = [(pk, _seat_label(one, names)) for pk, one in by_pk.items()]  # type: ignore[attr-defined]
        if not seats:
            del self.fields["present"]


def _seat_label(seat: Seat, names: dict[str, str]) -> str:
    where = seat.for_whom or names.get(seat.section, "") or vocabulary.named(vocabulary.seat_roles(), seat.role)
    return f"{seat.holder} ({where})" if where else seat.holder


class ApproveForm(forms.Form):
    """When the minutes were approved."""

    approved_on = DayField(label=_("Minutes approved on"))

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["approved_on"].initial = today or timezone.localdate()
