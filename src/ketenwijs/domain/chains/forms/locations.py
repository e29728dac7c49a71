"""Forms of the register of locations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketenwijs.domain.chains import choices
from ketenwijs.domain.chains.models import SharedSite, SharedSiteIdentifier, SiteMatch
from ketenwijs.domain.chains.selectors import Narrowing
from ketenwijs.domain.chains.services import LocationValues
from ketenwijs.foundation.ui.forms import CommaDecimalField, VersionedForm

MEMBERS = (2, 3, 5, 10)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _choose(form: forms.BaseForm, name: str, pairs: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = pairs


class SitesForm(forms.Form):
    """Narrowing a list of sites; a wrong value narrows nothing."""

    q = forms.CharField(label=gettext_lazy("Name, place or number"), required=False, max_length=100)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "country", [("", _("all")), *choices.countries()])
        _choose(self, "kind", [("", _("all")), *choices.site_kinds()])

    @property
    def narrowing(self) -> Narrowing:
        """What the list is narrowed to."""
        self.is_valid()
        typed = self.cleaned_data
        members = typed.get("members") or "0"
        text = " ".join(typed.get("q", "").split())
        return Narrowing(text, typed.get("country", ""), typed.get("kind", ""), int(members))


class LocationsForm(SitesForm):
    """Narrowing the register, also by how many members use a location."""

    members = forms.ChoiceField(label=gettext_lazy("Used by"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        several = [(str(number), _("%(number)s members or more") % {"number": number}) for number in MEMBERS]
        _choose(self, "members", [("", _("any number of members")), *several])


class LocationForm(VersionedForm):
    """One location as the secretariat writes it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    other_names = forms.CharField(
        label=gettext_lazy("Other names"), required=False, max_length=4100,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("In local script or another spelling, one on each line."),
    )  # fmt: skip
    place = forms.CharField(label=gettext_lazy("Place and region"), required=False, max_length=200)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    latitude = CommaDecimalField(
        label=gettext_lazy("Latitude"), required=False, max_digits=8, decimal_places=5,
        help_text=gettext_lazy("In degrees, for example 13.13712. South is negative."),
    )  # fmt: skip
    longitude = CommaDecimalField(
        label=gettext_lazy("Longitude"), required=False, max_digits=8, decimal_places=5,
        help_text=gettext_lazy("In degrees, for example 78.13390. West is negative."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "kind", choices.site_kinds())
        _choose(self, "country", [("", "–"), *choices.countries()])

    @property
    def values(self) -> LocationValues:
        """What was typed, for the service."""
        typed = self.cleaned_data
        names = (" ".join(line.split()) for line in typed["other_names"].splitlines())
        return LocationValues(
            kind=typed["kind"],
            name=typed["name"],
            other_names=tuple(dict.fromkeys(name for name in names if name)),
            place=typed["place"],
            country=typed["country"],
            latitude=typed["latitude"],
            longitude=typed["longitude"],
        )


def initial_of_location(location: SharedSite) -> dict[str, Any]:
    """What the form starts with for a location that is there."""
    names = ("version", "name", "kind", "place", "country", "latitude", "longitude")
    return {**{name: getattr(location, name) for name in names}, "other_names": "\n".join(location.other_names)}


class MoveForm(LocationForm):
    """Where a location went on, and since when."""

    on = _day(gettext_lazy("Moved on"))


class CloseForm(VersionedForm):
    """Since when no work is done at a location."""

    on = _day(gettext_lazy("Closed on"))


class NumberForm(forms.Form):
    """A number of a location in one scheme."""

    scheme = forms.ChoiceField(label=gettext_lazy("Kind of number"), choices=SharedSiteIdentifier.Scheme.choices)
    value = forms.CharField(label=gettext_lazy("Number in the register"), max_length=80)
    checked_on = _day(gettext_lazy("Checked on"))


class SplitForm(LocationForm):
    """Which sites are another place, and what that place is called."""

    matches = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Sites that are another place"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    field_order = ["matches"]

    def __init__(self, *args: Any, matches: list[SiteMatch], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "matches", [(str(one.pk), _named(one)) for one in matches])


def _named(match: SiteMatch) -> str:
    site = match.site
    parts = [site.name, site.place, choices.country_name(site.country)]
    return f"{', '.join(part for part in parts if part)} ({site.organisation.name})"
