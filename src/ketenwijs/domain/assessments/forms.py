"""Forms of the judgement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.assessments.models import Verdict
from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.ui.forms import CommaDecimalField, VersionedForm


class FindingForm(VersionedForm):
    """Draft or final finding on one requirement."""

    verdict = forms.ChoiceField(label=_("finding"), choices=Verdict.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Needed when something changed or falls short. The company reads this."),
    )


class PointsForm(VersionedForm):
    """Draft or final finding where the instrument gives points; the verdict follows from them."""

    points = forms.ChoiceField(label=_("points"))
    reason = forms.CharField(
        label=_("reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Needed when something changed or falls short. The company reads this."),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["points"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]


class SizeForm(forms.Form):
    """The size figure of a participant, in the unit of the framework."""

    value = CommaDecimalField(label=_("amount"), max_digits=18, decimal_places=2, min_value=0)

    def __init__(self, *args: Any, label: str, help_text: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = label
        self.fields["value"].help_text = help_text


class ReplyForm(VersionedForm):
    """The firm's reply to one finding."""

    reply = forms.CharField(label=_("your reply"), widget=forms.Textarea(attrs={"rows": 4}), required=False)


class ReasonForm(forms.Form):
    """A move that needs a reason."""

    reason = forms.CharField(label=_("reason"), widget=forms.Textarea(attrs={"rows": 3}))


class DecisionForm(forms.Form):
    """The outcome with its reason."""

    value = forms.ChoiceField(label=_("outcome"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In words that the company understands; it stands in the letter."),
    )

    def __init__(self, *args: Any, outcomes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].choices = outcomes  # type: ignore[attr-defined]


class PublishForm(forms.Form):
    """The day from which the outcome is public, or counts in the totals."""

    on = forms.DateField(
        label=_("Publish on"), widget=forms.DateInput(attrs={"type": "date"}), initial=timezone.localdate
    )

    def __init__(self, *args: Any, is_aggregate: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_aggregate:
            self.fields["on"].label = _("Counts in the totals from")


class AssignForm(forms.Form):
    """Who works on a dossier; the people offered are those of the secretariat."""

    adviser = forms.ModelChoiceField(label=_("adviser"), queryset=Person.objects.none(), required=False)
    assessor = forms.ModelChoiceField(label=_("assessor"), queryset=Person.objects.none(), required=False)
    second_reader = forms.ModelChoiceField(label=_("second reader"), queryset=Person.objects.none(), required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("adviser", "assessor", "second_reader"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]
