"""Complaints and awareness in the annual report: exactly what is public on the reference date, beside each other."""

from __future__ import annotations

from datetime import date

import pytest

from ketenwijs.domain.agreements.tests.factories import ROBOT, staff, words
from ketenwijs.domain.awareness.publications import AWARENESS_KIND, Terms, frozen_numbers, numbers_from
from ketenwijs.domain.awareness.rules import Announced, Named
from ketenwijs.domain.awareness.services import take_release
from ketenwijs.domain.awareness.tests.factories import as_file, release
from ketenwijs.domain.reports.selectors import frozen_of
from ketenwijs.domain.reports.tests.factories import DAY, YEAR, draft, example_agreement, report_content
from ketenwijs.foundation.publishing.services import publish

pytestmark = pytest.mark.django_db
CODES = ("complaints.by_kind", "awareness.announced")


@pytest.fixture
def agreement():
    uses = [{"code": code, "name": words(code), "needs_round": False} for code in CODES]
    block = {"code": "figures", "heading": words("Figures"), "text": words("hint"), "indicators": uses}
    return example_agreement(report=report_content(blocks=[block]))


def tables(agreement, day=DAY):
    found = frozen_of(draft(staff(agreement, name=f"lead{day}"), agreement, YEAR, day)).tables
    return tuple(found[code] for code in CODES)


def take(agreement, **changes):
    take_release(actor=ROBOT, agreement=agreement, content=as_file(release(**changes)), today=date(2025, 10, 1))


def publish_numbers(agreement, firms):
    announced = [Announced(firm, firm, ("hi",), True) for firm in range(firms)]
    named = [Named(firm, True, False) for firm in range(firms)]
    names = {"hi": {"nl": "Hindi", "fr": "hindi", "en": "Hindi"}}
    terms = Terms(agreement.slug, YEAR, date(2024, 10, 1), date(2025, 9, 30), 9, 5, names, True)
    inputs = frozen_numbers(announced, named, terms, date(2025, 10, 2))
    publish(
        actor=ROBOT, kind=AWARENESS_KIND, key=f"{agreement.slug}/{YEAR}", payload=numbers_from(inputs),
        effective_on=date(2025, 10, 2), inputs=inputs,
    )  # fmt: skip


def test_without_released_copies_the_report_says_so(agreement):
    complaints, awareness = tables(agreement)
    assert "released no copy" in complaints.reason["en"]
    assert "No numbers about how far" in awareness.reason["en"]


def test_counts_stand_as_released_and_hidden_ones_stay_hidden(agreement):
    take(agreement)
    complaints, _awareness = tables(agreement)
    assert [(one.code, one.value) for one in complaints.figures] == [("total", 8), ("complaint", 6)]
    assert "calendar year 2025" in complaints.base["en"] and "copy 3" in complaints.base["en"]


def test_a_year_without_cases_is_told_as_zero_and_one_with_too_few_in_words(agreement):
    take(agreement, counts=[{"year": 2025, "cells": {"complaint": 0, "warning": 0}, "total": 0}])
    assert [one.value for one in tables(agreement)[0].figures] == [0, 0, 0]
    take(agreement, serial=4, counts=[{"year": 2025, "cells": {"complaint": None, "warning": None}, "total": None}])
    assert "too few cases" in tables(agreement, date(2025, 11, 2))[0].reason["en"]


def test_a_year_that_the_copy_does_not_count_is_not_taken_for_zero(agreement):
    take(agreement, counts=[{"year": 2024, "cells": {"complaint": 9, "warning": 0}, "total": 9}])
    assert "does not count this year" in tables(agreement)[0].reason["en"]


def test_what_was_released_after_the_reference_date_does_not_count(agreement):
    take(agreement)
    assert "released no copy" in tables(agreement, date(2025, 9, 30))[0].reason["en"]


def test_awareness_is_told_as_published(agreement):
    publish_numbers(agreement, 5)
    awareness = tables(agreement)[1]
    assert {one.code: one.value for one in awareness.figures} == {"sites": 5, "firms": 5, "in_code": 5, "on_website": 0}
    assert "took part in the year: 9; confirmed on the spot at 100%" in awareness.base["en"]


def test_numbers_of_too_few_companies_are_left_out(agreement):
    publish_numbers(agreement, 2)
    assert {one.code: one.value for one in tables(agreement)[1].figures} == {"on_website": 0}
