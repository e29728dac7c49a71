"""What all forms of this app share: days, long texts, a starting version, and the values a service takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from ketenwijs.foundation.ui.forms import VersionedForm

NOTHING_CHOSEN = ("", _("not chosen"))


def day() -> forms.DateInput:
    """The browser's own day picker."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LongText(forms.Textarea):
    """A box for several lines; browsers do not paint it as wrong before anything was typed."""

    def use_required_attribute(self, initial: Any) -> bool:
        """The server says what is missing, at the field and above the form."""
        return False


def long_text(rows: int = 3) -> forms.Textarea:
    """A box for several lines."""
    return LongText(attrs={"rows": rows})


def picked(label: Any, choices: list[tuple[str, Any]], help_text: Any = "") -> forms.ChoiceField:
    """One of a few, all in sight."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, help_text=help_text)


class RowForm(VersionedForm, forms.ModelForm):
    """Fields of one row. The row itself is never touched by the form: the service saves it."""

    def __init__(self, data: Any = None, files: Any = None, *, row: models.Model | None = None,
                 initial: Mapping[str, Any] | None = None, **kwargs: Any) -> None:  # fmt: skip
        start = {**(initial or {}), "version": getattr(row, "version", 0)}
        if row is not None:
            start = {**model_to_dict(row, fields=self._meta.fields), **start}
        super().__init__(data, files, initial=start, **kwargs)

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes, without the version."""
        names = self._meta.fields or []
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def choose(self, name: str, choices: list[tuple[str, Any]], help_text: Any = "") -> None:
        """Turn a code field into a list to choose from; optional ones can stay open."""
        field = self._meta.model._meta.get_field(name)
        required = not field.blank
        every = choices if required and len(choices) == 1 else [NOTHING_CHOSEN, *choices]
        label = field.verbose_name
        self.fields[name] = forms.ChoiceField(label=label, choices=every, required=required, help_text=help_text)


class ReasonForm(forms.Form):
    """Why something is cancelled or dropped."""

    reason = forms.CharField(label=_("Reason"), widget=long_text())


class ShowForm(forms.Form):
    """Narrowing a list by state; a wrong value narrows nothing."""

    show = forms.ChoiceField(label=_("Which"), required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["show"].choices = [("", _("all")), *choices]  # type: ignore[attr-defined]

    @property
    def shown(self) -> str:
        """The chosen code, empty for all."""
        return str(self.cleaned_data.get("show", "")) if self.is_valid() else ""
