"""How forms look and behave: field template, design-system classes, version check, errors from services."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import Input
from django.template.backends.django import DjangoTemplates as TemplateBackend
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ketenwijs.foundation.ui.errors import DomainError

CLASSES = {
    "text": "utrecht-textbox utrecht-textbox--html-input",
    "textarea": "utrecht-textarea utrecht-textarea--html-textarea",
    "select": "utrecht-select utrecht-select--html-select",
    "file": "kw-file",
}


LOST_VERSION = _("The page no longer knows which version you saw. Copy what you typed, open the page again and save.")


class Renderer(DjangoTemplates):
    """Renders fields through `ui/forms/field.html`; every widget gets its class in `class_of`."""

    field_template_name = "ui/forms/field.html"
    form_template_name = "ui/forms/form.html"

    @cached_property
    def engine(self) -> Any:
        """Templates of Django's forms and of ours."""
        from django.template import engines

        ours = engines["django"]
        assert isinstance(ours, TemplateBackend)
        return _Both(ours, super().engine)


class _Both:
    """Looks for a template in ours first, then in Django's own form templates."""

    def __init__(self, ours: Any, theirs: Any) -> None:
        self.ours, self.theirs = ours, theirs

    def get_template(self, name: str) -> Any:
        """Ours for `ui/…`, Django's for its widgets."""
        return (self.ours if name.startswith("ui/") else self.theirs).get_template(name)


def class_of(widget: forms.Widget) -> str:
    """The design-system class of a widget; empty for check boxes, radio buttons and hidden fields."""
    if isinstance(widget, forms.FileInput):
        return CLASSES["file"]
    if isinstance(widget, forms.Textarea):
        return CLASSES["textarea"]
    if isinstance(widget, forms.RadioSelect | forms.CheckboxInput | forms.CheckboxSelectMultiple | forms.HiddenInput):
        return ""
    if isinstance(widget, forms.Select):
        return CLASSES["select"]
    return CLASSES["text"] if isinstance(widget, Input) else ""


class VersionedForm(forms.Form):
    """A form that carries the version its page showed, so that an old page cannot overwrite a newer save."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), LOST_VERSION),
    )
    newer: Mapping[str, str] = {}

    def show_newer(self, version: int, saved: Mapping[str, object]) -> None:
        """After a refusal: show what a colleague saved, by field name, beside what was typed; saving again replaces it."""
        shown = self.data.copy()  # type: ignore[attr-defined]
        shown[self.add_prefix("version")] = str(version)
        self.data = shown
        self.newer = {str(self.fields[name].label): str(text) for name, text in saved.items() if text not in (None, "")}

    def show_saved(self, row: Any) -> None:
        """The same for a row as it is stored now, with the texts of this form's fields."""
        names = [field.attname for field in row._meta.concrete_fields if field.attname in self.fields]
        shown = [name for name in names if name != "version" and not isinstance(getattr(row, name), bool)]
        self.show_newer(row.version, {name: _in_words(row, name) for name in shown})

    @property
    def status(self) -> int:
        """The answer's status: 409 when somebody else saved in the meantime."""
        return 409 if self.newer else 200


def _in_words(row: Any, name: str) -> object:
    display = getattr(row, f"get_{name}_display", None)
    return display() if display else getattr(row, name)


def add_domain_error(form: forms.BaseForm, error: DomainError) -> None:
    """Show a service's refusal in the form; the typed text stays."""
    form.add_error(None, str(error.sentence))
    for name, sentence in error.fields.items():
        if name in form.fields:
            form.add_error(name, str(sentence))


class CommaDecimalField(forms.DecimalField):
    """A number typed with a decimal comma or a point; thousands separators are refused rather than guessed.

    Shown again in the way of the reader's language.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("localize", True)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """One comma counts as the decimal sign."""
        if isinstance(value, str) and value.count(",") == 1 and "." not in value:
            value = value.replace(",", ".")
        return super().to_python(value)


class DayField(forms.DateField):
    """A calendar day in the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}))
        super().__init__(**kwargs)


def readable_by_browser(widget: forms.Widget) -> None:
    """A browser's date picker reads only year-month-day; any other notation would show an empty field."""
    if isinstance(widget, forms.DateInput) and widget.input_type == "date":
        widget.format = "%Y-%m-%d"
