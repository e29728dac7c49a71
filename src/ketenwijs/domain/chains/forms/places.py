"""Places of a chain beside its first factory and first quarry: a second source, a yard, a port."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketenwijs.domain.chains import choices
from ketenwijs.domain.chains.models import Link
from ketenwijs.domain.chains.rules import Step
from ketenwijs.domain.chains.rules.grouping import LONGEST_NAME
from ketenwijs.domain.chains.services.chains import MOST_FURTHER, FurtherValues

PREFIX = "further"
TYPED = ("kind", "name", "place", "country", "local_name", "source", "asked_on")


def _text(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=LONGEST_NAME, **kwargs)


class FurtherForm(forms.Form):
    """One further place; all fields empty means there is none. A kind without a name is a place that is not known."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of place"), required=False)
    name = _text(gettext_lazy("Name"))
    place = _text(gettext_lazy("Place and region"))
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    local_name = _text(gettext_lazy("Name in the writing of the place"))
    source = _text(gettext_lazy("Where do you have it from?"))
    asked_on = forms.DateField(
        label=gettext_lazy("Not known? Asked the supplier on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    confidence = forms.ChoiceField(label=gettext_lazy("How do you know?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, list[tuple[str, Any]]] = {
            "kind": [("", "–"), *choices.site_kinds()],
            "country": [("", "–"), *choices.countries()],
            "confidence": list(Link.Confidence.choices),
        }
        for name, pairs in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = pairs

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed at all."""
        return not any(self.cleaned_data.get(name) for name in TYPED)

    def clean(self) -> dict[str, Any]:
        """A place without its kind cannot be put on the way."""
        data = super().clean() or {}
        if not data.get("kind") and any(data.get(name) for name in TYPED if name != "kind"):
            self.add_error("kind", _("Choose what kind of place this is, or empty the other fields of it."))
        return data

    def values(self) -> FurtherValues:
        """What was typed, for the service."""
        typed = {name: self.cleaned_data[name] for name in TYPED}
        return FurtherValues(**typed, confidence=self.cleaned_data["confidence"] or Link.Confidence.STATED)


class _FurtherSet(forms.BaseFormSet):
    @cached_property
    def is_used(self) -> bool:
        """Whether the page starts with something to show."""
        return bool(self.initial) or any(form.errors for form in self.forms)


FurtherPlaces = forms.formset_factory(
    FurtherForm, formset=_FurtherSet, extra=1, max_num=MOST_FURTHER, absolute_max=MOST_FURTHER + 1
)


def further_places(data: Mapping[str, Any] | None, further: Sequence[Step] = ()) -> Any:
    """The forms of a chain's further places, filled with `data` where that holds any."""
    typed = data if data and f"{PREFIX}-TOTAL_FORMS" in data else None
    return FurtherPlaces(typed, prefix=PREFIX, initial=initial_places(further))


def are_right(places: Any) -> bool:
    """Whether what was typed can be used; nothing sent is right too."""
    return not places.is_bound or places.is_valid()


def further_values(places: Any) -> tuple[FurtherValues, ...] | None:
    """The places that were typed, in their order; None where none were sent. `places` is right."""
    return tuple(form.values() for form in places.forms if not form.is_empty) if places.is_bound else None


def initial_places(further: Sequence[Step]) -> list[dict[str, Any]]:
    """What the forms start with for a chain that is there."""
    return [
        {
            "kind": step.kind,
            "name": step.site.name if step.site and not step.site.is_area_only else "",
            "place": step.site.place if step.site else "",
            "country": step.country,
            "local_name": step.site.local_name if step.site else "",
            "source": step.source,
            "asked_on": step.asked_on,
            "confidence": step.confidence,
        }
        for step in further
    ]
