"""Forms explain themselves: every error is reachable, every field is named, nothing typed is lost."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from ketenwijs.foundation.ui.errors import DomainError
from ketenwijs.foundation.ui.forms import CommaDecimalField, DayField, VersionedForm, add_domain_error
from ketenwijs.foundation.ui.templatetags.ui import field_widget
from ketenwijs.foundation.ui.tests.stories import filled_wrongly
from ketenwijs.foundation.ui.tests.story_forms import EveryField


class OneNumber(forms.Form):
    tonnes = CommaDecimalField(decimal_places=2)


class OneDay(forms.Form):
    day = DayField()
    plain = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))


def summary_of(form: forms.Form) -> str:
    return render_to_string("ui/_error_summary.html", {"form": form})


def fields_of(form: forms.Form) -> str:
    return "".join(field.as_field_group() for field in form.visible_fields())


def test_every_error_in_the_summary_leads_to_something_on_the_page() -> None:
    form = filled_wrongly()
    targets = re.findall(r'href="#([^"]+)"', summary_of(form))
    assert len(targets) == 3
    for target in targets:
        assert f'id="{target}"' in fields_of(form)


def test_a_form_without_errors_has_no_summary() -> None:
    assert summary_of(EveryField()).strip() == ""


def test_every_described_by_points_to_an_element_that_exists_once() -> None:
    page = fields_of(filled_wrongly())
    names = [name for value in re.findall(r'aria-describedby="([^"]+)"', page) for name in value.split()]
    assert names
    for name in names:
        assert page.count(f'id="{name}"') == 1


def test_every_field_has_a_label_or_a_legend() -> None:
    page = fields_of(EveryField())
    for name in EveryField().fields.keys() - {"version", "severity", "stages", "sure"}:
        assert f'<label class="utrecht-form-label" for="id_{name}">' in page
    assert page.count("<legend>") == 2


def test_only_what_may_stay_empty_is_marked() -> None:
    page = fields_of(EveryField())
    optional = [field for field in EveryField().fields.values() if not field.required]
    assert page.count("kw-optional") == len(optional)


def test_a_wrong_field_says_so_to_a_screen_reader() -> None:
    assert re.search(r'<input[^>]*name="name"[^>]*aria-invalid="true"', fields_of(filled_wrongly()))


def test_typed_text_is_still_there_after_a_refusal() -> None:
    page = fields_of(filled_wrongly())
    assert "Visited in May." in page
    assert 'value="12,5"' in page


def test_a_services_refusal_stands_in_the_form_and_at_its_fields() -> None:
    form = EveryField({"version": "1"})
    add_domain_error(form, DomainError("Not like this.", fields={"name": "Known already.", "elsewhere": "Ignored."}))
    assert form.non_field_errors() == ["Not like this."]
    assert "Known already." in form.errors["name"]
    assert "elsewhere" not in form.errors


@pytest.mark.parametrize("typed", ["12,5", "12.5", " 12,5 "])
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_a_number_may_be_typed_with_a_comma_or_a_point(typed: str, language: str) -> None:
    with translation.override(language):
        form = OneNumber({"tonnes": typed})
        assert form.is_valid(), form.errors
    assert form.cleaned_data["tonnes"] == Decimal("12.5")


@pytest.mark.parametrize("typed", ["1.234,5", "1,234.5", "12,5,1", "twelve"])
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_a_number_that_could_mean_two_things_is_refused(typed: str, language: str) -> None:
    with translation.override(language):
        assert not OneNumber({"tonnes": typed}).is_valid()


@pytest.mark.parametrize(("language", "shown"), [("nl", "12,50"), ("fr", "12,50"), ("en", "12.50")])
def test_a_stored_number_is_shown_in_the_readers_notation(language: str, shown: str) -> None:
    with translation.override(language):
        form = OneNumber(initial={"tonnes": Decimal("12.50")})
        assert f'value="{shown}"' in field_widget(form["tonnes"])


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_a_stored_day_is_shown_so_that_the_browsers_picker_reads_it(language: str) -> None:
    with translation.override(language):
        form = OneDay(initial={"day": date(2026, 3, 1), "plain": date(2026, 3, 1)})
        for field in form:
            assert 'value="2026-03-01"' in field_widget(field)
        assert OneDay({"day": "2026-03-01", "plain": "2026-03-01"}).is_valid()


@pytest.mark.parametrize("version", ["", "x", "-1", None])
def test_a_lost_version_says_what_to_do_without_naming_a_hidden_field(version: str | None) -> None:
    form = VersionedForm({} if version is None else {"version": version})
    assert not form.is_valid()
    page = summary_of(form)
    assert "<a " not in page
    with translation.override("en"):
        assert "open the page again" in summary_of(VersionedForm({}))
