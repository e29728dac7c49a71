"""Forms of the plan of action: goal, measure, texts for the public, day of publication."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.plans.models import Goal, Measure, Plan
from ketenwijs.domain.plans.services import GOAL_FIELDS, MEASURE_FIELDS
from ketenwijs.domain.risks.models import Risk
from ketenwijs.foundation.ui.forms import VersionedForm

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class GoalForm(VersionedForm, forms.ModelForm):
    """One goal; the risks offered are the firm's own, worst first."""

    class Meta:
        model = Goal
        fields = [name for name in GOAL_FIELDS if name != "risk"]
        widgets = {
            "due_on": DAY,
            "note": forms.Textarea(attrs={"rows": 3}),
            "public_text": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, risks: list[tuple[Risk, str]], themes: list[tuple[str, str]],
                 countries: list[tuple[str, str]], **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        by_pk = {risk.pk: risk for risk, _label in risks}
        self.fields["risk"] = forms.TypedChoiceField(
            label=_("which risk is this about?"),
            choices=[("", _("no risk of the list")), *((risk.pk, label) for risk, label in risks)],
            coerce=lambda pk: by_pk[int(pk)],
            empty_value=None,
            required=False,
        )
        self.fields["theme"] = forms.ChoiceField(label=_("theme"), choices=themes)
        self.fields["country"] = forms.ChoiceField(
            label=_("country"), choices=[("", _("several or none")), *countries], required=False
        )

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes, without the version."""
        return {name: self.cleaned_data[name] for name in GOAL_FIELDS}


class MeasureForm(VersionedForm, forms.ModelForm):
    """One measure."""

    class Meta:
        model = Measure
        fields = list(MEASURE_FIELDS)
        widgets = {"due_on": DAY, "result": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, influences: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["influence"] = forms.ChoiceField(
            label=_("influence used"), choices=[("", _("not chosen")), *influences], required=False
        )

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes, without the version."""
        return {name: self.cleaned_data[name] for name in MEASURE_FIELDS}


class PublicTextsForm(VersionedForm, forms.ModelForm):
    """What only the public version has."""

    class Meta:
        model = Plan
        fields = ["public_introduction", "public_policy"]
        widgets = {
            "public_introduction": forms.Textarea(attrs={"rows": 6}),
            "public_policy": forms.Textarea(attrs={"rows": 6}),
        }


class PublishForm(forms.Form):
    """The day of publication and the firm's word that it looked at the preview."""

    on = forms.DateField(label=_("Publish on"), widget=DAY, initial=timezone.localdate)
    looked = forms.BooleanField(label=_("I have read the preview; this may be public"))
