"""A form with every kind of field, for the stories and the tests of the look."""

from __future__ import annotations

from django import forms

from ketenwijs.foundation.ui.forms import CommaDecimalField, DayField, VersionedForm

COUNTRIES = [("", "Choose a country"), ("IN", "India"), ("VN", "Vietnam"), ("PT", "Portugal")]
SEVERITY = [("1", "Limited"), ("2", "Serious"), ("3", "Severe"), ("", "Not known yet")]
STAGES = [("quarry", "Quarry"), ("factory", "Factory"), ("transport", "Transport")]


class EveryField(VersionedForm):
    """Each widget once."""

    name = forms.CharField(label="name of the supplier", help_text="As it stands on the invoice.")
    country = forms.ChoiceField(label="country", choices=COUNTRIES)
    tonnes = CommaDecimalField(label="tonnes", required=False, help_text="For example 12,5.")
    known_since = DayField(label="known since", required=False)
    severity = forms.ChoiceField(
        label="how severe is it",
        choices=SEVERITY,
        widget=forms.RadioSelect,
        help_text="For the people it happens to.",
    )
    stages = forms.MultipleChoiceField(
        label="stages", choices=STAGES, widget=forms.CheckboxSelectMultiple, required=False
    )
    reason = forms.CharField(label="your reason", widget=forms.Textarea(attrs={"rows": 4}))
    sheet = forms.FileField(label="your sheet", required=False, help_text="Excel or CSV, at most 20 MB.")
    sure = forms.BooleanField(label="I looked through the list")
