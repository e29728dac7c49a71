"""Forms to record a decision, and to carry out what follows from an accession or exit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.definitions import AgreementFile
from ketenwijs.domain.agreements.models import Membership
from ketenwijs.domain.governance.forms.bodies import body_choice
from ketenwijs.domain.governance.forms.rows import RowForm, day, long_text
from ketenwijs.domain.governance.models import Body, Decision, Meeting
from ketenwijs.domain.governance.services.decisions import DECISION_FIELDS
from ketenwijs.domain.governance.wording import sections, terms
from ketenwijs.domain.participants.models import Organisation

ASKED_BY = {"extension": ("term", "new_end_on"), "accession": ("party_name",), "exit": ("party_name",)}
BESIDES = ("term", "new_end_on", "party_name")


class DecisionForm(RowForm):
    """One decision; what only some kinds ask for is left out of the others."""

    field_order = [
        "title", "term", "new_end_on", "party_name", "text", "body", "meeting", "decided_on", "by_consensus", "votes_for",
        "votes_against", "votes_abstain", "dissent", "effective_on", "effect",
    ]  # fmt: skip

    class Meta:
        model = Decision
        fields = list(DECISION_FIELDS)
        widgets = {
            "text": long_text(5),
            "dissent": long_text(2),
            "effect": long_text(),
            "decided_on": day(),
            "effective_on": day(),
            "new_end_on": day(),
        }
        help_texts = {
            "decided_on": _("Only for a decision in writing; otherwise the day of the meeting counts."),
            "effective_on": _("Left empty: at once."),
            "dissent": _("Who had objections, and which, as it was noted."),
            "votes_for": _("Leave the votes empty when it was decided by consensus."),
        }

    def __init__(
        self,
        *args: Any,
        asks: str,
        definition: AgreementFile,
        bodies: list[Body],
        meetings: list[Meeting],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        wanted = ASKED_BY.get(asks, ())
        for name in BESIDES:
            if name not in wanted:
                del self.fields[name]
        if "term" in wanted:
            self.choose("term", list(terms(definition).items()))
        for name in wanted:
            self.fields[name].required = True
        self.fields["decided_on"].required = False
        self.fields["effective_on"].required = False
        self.fields["body"] = body_choice(bodies, label=_("decided by"))
        by_pk = {str(one.pk): one for one in meetings}
        self.fields["meeting"] = forms.TypedChoiceField(
            label=_("in which meeting?"),
            choices=[("", _("none, it was decided in writing")), *((pk, _when(one)) for pk, one in by_pk.items())],
            coerce=lambda pk: by_pk[pk],
            empty_value=None,
            required=False,
        )
        self.order_fields(self.field_order)


def _when(meeting: Meeting) -> str:
    return f"{meeting.body.name}, {date_format(meeting.day, 'j F Y')}"


class AccessionForm(forms.Form):
    """Which organisation becomes a party, and in which section."""

    organisation = forms.TypedChoiceField(label=_("Organisation"))
    section = forms.ChoiceField(label=_("Section"), required=False)

    def __init__(self, *args: Any, definition: AgreementFile, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_pk = {str(one.pk): one for one in organisations}
        field = self.fields["organisation"]
        field.coerce = lambda pk: by_pk[pk]  # type: ignore[attr-defined]
        field.choices = [(pk, one.name) for pk, one in by_pk.items()]  # type: ignore[attr-defined]
        named = list(sections(definition).items())
        self.fields["section"].choices = [("", _("not chosen")), *named]  # type: ignore[attr-defined]
        self.fields["section"].required = bool(named)


class ExitForm(forms.Form):
    """Which membership ends, and why."""

    membership = forms.TypedChoiceField(label=_("Party"))
    reason = forms.ChoiceField(label=_("Reason"))

    def __init__(self, *args: Any, definition: AgreementFile, parties: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_pk = {str(one.pk): one for one in parties}
        field = self.fields["membership"]
        field.coerce = lambda pk: by_pk[pk]  # type: ignore[attr-defined]
        field.choices = [(pk, one.organisation.name) for pk, one in by_pk.items()]  # type: ignore[attr-defined]
        reasons = [(one.code, str(one.name)) for one in definition.exit_reasons]
        self.fields["reason"].choices = [("", _("not chosen")), *reasons]  # type: ignore[attr-defined]
