"""Forms of a firm's own places."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from ketenwijs.domain.chains import lists
from ketenwijs.domain.chains.models import SharedSiteIdentifier
from ketenwijs.domain.chains.services import PeopleValues
from ketenwijs.domain.chains.services.own_sites import LONGEST_HOW, MOST_PEOPLE
from ketenwijs.foundation.ui.forms import CommaDecimalField

DEGREES: dict[str, Any] = {"required": False, "max_digits": 8, "decimal_places": 5}


class PlaceForm(forms.Form):
    """Name in local script and coordinates."""

    local_name = forms.CharField(
        label=gettext_lazy("Name in the writing of the place"), required=False, max_length=200,
        help_text=gettext_lazy("As it stands on the gate or on a local invoice; it helps to find the place."),
    )  # fmt: skip
    latitude = CommaDecimalField(
        label=gettext_lazy("Latitude"), help_text=gettext_lazy("In degrees, for example 13.13712. South is negative."),
        **DEGREES,
    )  # fmt: skip
    longitude = CommaDecimalField(
        label=gettext_lazy("Longitude"), help_text=gettext_lazy("For example 78.13410. West is negative."), **DEGREES
    )


class PlaceNumberForm(forms.Form):
    """A number of the place in a register."""

    use_required_attribute = False

    scheme = forms.ChoiceField(label=gettext_lazy("Kind of number"), choices=SharedSiteIdentifier.Scheme.choices)
    value = forms.CharField(label=gettext_lazy("Number in the register"), max_length=80)
    checked_on = forms.DateField(
        label=gettext_lazy("Looked up on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class PeopleForm(forms.Form):
    """A group of people who stand in no register, as a range."""

    # An empty field that must be filled is no fault before anything was typed.
    use_required_attribute = False

    kind = forms.ChoiceField(label=gettext_lazy("Which people"))
    at_least = forms.IntegerField(label=gettext_lazy("At least"), min_value=0, max_value=MOST_PEOPLE)
    at_most = forms.IntegerField(
        label=gettext_lazy("At most"), required=False, min_value=0, max_value=MOST_PEOPLE,
        help_text=gettext_lazy("Leave empty if nobody knows."),
    )  # fmt: skip
    how_known = forms.CharField(
        label=gettext_lazy("How do you know?"), max_length=LONGEST_HOW,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Who counted, asked or told, and when. No names of people."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *lists.people_kinds()]

    @property
    def values(self) -> PeopleValues:
        """What was typed, for the service."""
        return PeopleValues(**self.cleaned_data)
