"""Forms of goals, commitments and ratings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.definitions import AgreementFile
from ketenwijs.domain.governance import vocabulary
from ketenwijs.domain.governance.forms.bodies import body_choice
from ketenwijs.domain.governance.forms.rows import RowForm, day, long_text, picked
from ketenwijs.domain.governance.models import Body, Commitment, Contribution, Decision, Goal
from ketenwijs.domain.governance.services.commitments import COMMITMENT_FIELDS, GOAL_FIELDS
from ketenwijs.domain.governance.wording import sections, terms
from ketenwijs.foundation.ui.forms import DayField


class GoalForm(RowForm):
    """A goal of the agreement."""

    class Meta:
        model = Goal
        fields = list(GOAL_FIELDS)
        widgets = {"text": long_text()}


class CommitmentForm(RowForm):
    """A commitment, letter by letter SMART."""

    class Meta:
        model = Commitment
        fields = list(COMMITMENT_FIELDS)
        labels = {"owner_section": _("section"), "owner_party": _("party")}
        widgets = {
            "specific": long_text(2),
            "measurable": long_text(2),
            "ambitious": long_text(2),
            "realistic": long_text(2),
            "due_on": day(),
        }

    def __init__(
        self, *args: Any, definition: AgreementFile, bodies: list[Body], decisions: list[Decision], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choose("term", list(terms(definition).items()))
        only_one = _("Fill in only the line below that fits.")
        self.fields["owner_kind"] = picked(_("who is responsible"), Commitment.Owner.choices, only_one)
        self.fields["owner_section"] = forms.ChoiceField(
            label=_("section"), required=False, choices=[("", _("not chosen")), *sections(definition).items()]
        )
        self.fields["owner_body"] = body_choice(bodies, required=False)
        by_pk = {str(one.pk): one for one in decisions}
        self.fields["decision"] = forms.TypedChoiceField(
            label=_("agreed in which decision?"),
            choices=[("", _("not chosen")), *((pk, one.title) for pk, one in by_pk.items())],
            coerce=lambda pk: by_pk[pk],
            empty_value=None,
            required=False,
        )
        self.order_fields(COMMITMENT_FIELDS)


class OnForm(forms.Form):
    """The day on which something began."""

    on = DayField(label=_("On which day"), initial=timezone.localdate)


class FinishForm(OnForm):
    """The day on which it was done, and what came of it."""

    result = forms.CharField(label=_("What came of it"), widget=long_text())


class RatingForm(forms.ModelForm):
    """What somebody thinks a commitment contributed to a goal."""

    class Meta:
        model = Contribution
        fields = ["goal", "value", "rated_by", "rated_on", "note"]
        widgets = {"rated_on": day(), "note": long_text(2)}
        help_texts = {"rated_by": _("For example the evaluator, or the steering group.")}

    def __init__(self, *args: Any, goals: list[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_pk = {str(one.pk): one for one in goals}
        self.fields["goal"] = forms.TypedChoiceField(
            label=_("goal"),
            choices=[("", _("not chosen")), *((pk, one.title) for pk, one in by_pk.items())],
            coerce=lambda pk: by_pk[pk],
        )
        scale = vocabulary.choices(vocabulary.contribution_scale().values())
        self.fields["value"] = picked(_("contribution"), scale)
        self.fields["rated_on"].initial = timezone.localdate
