"""An invented agreement with its own words, groups, scale and calendar runs through the same code."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from ketenwijs.domain.agreements import services
from ketenwijs.domain.agreements.frameworks import requirements_for
from ketenwijs.domain.agreements.packages import duty_terms, outcome_names, working_year
from ketenwijs.domain.agreements.rules import FULL, NONE, ORIGIN_ONLY, PLAN_ONLY, duty_for
from ketenwijs.domain.agreements.selectors import conflicts_of, definition_of, framework_of, report_years
from ketenwijs.foundation.access.viewer import system
from ketenwijs.foundation.content.checking import CheckResult, check_texts
from ketenwijs.foundation.content.services import apply_checked
from ketenwijs.foundation.publishing.selectors import current

SAMPLE = Path(__file__).parent / "content" / "voorbeeldsector"
SLUG = SAMPLE.name
ROBOT = system("tests")


def checked() -> CheckResult:
    """The sample package, checked as if it lay in the content folder, with the code lists it uses."""
    themes = Path(settings.CONTENT_DIR) / "reference" / "themes.yaml"
    own = {f"agreements/{SLUG}/{path.name}": path.read_text("utf-8") for path in sorted(SAMPLE.glob("*.yaml"))}
    return check_texts({"reference/themes.yaml": themes.read_text("utf-8"), **own})


def content(kind):
    return next(loaded.content for loaded in checked().loaded if loaded.kind == kind)


@pytest.fixture
def agreement(db):
    apply_checked(actor=ROBOT, result=checked())
    return next(one for one in services.sync_agreements(actor=ROBOT) if one.slug == SLUG)


def asked(report, number, facts=None):
    found = requirements_for(content("framework"), report=report, number=number, facts=facts or {})
    return [one.requirement.code for one in found]


def test_the_package_has_no_fault():
    assert [str(fault) for fault in checked().faults] == []


def test_everything_in_it_says_that_it_is_invented():
    for path in SAMPLE.glob("*.yaml"):
        assert path.read_text("utf-8").startswith("# EXAMPLE, INVENTED")


def test_its_requirements_follow_its_own_levels_and_reports():
    assert asked(FULL, 1) == ["promise", "story", "origin-known"]
    assert asked(FULL, 2) == ["promise", "story", "practice", "origin-known"]
    assert asked(PLAN_ONLY, 3) == ["story"]
    assert asked(ORIGIN_ONLY, 3) == ["origin-known"]
    assert asked(NONE, 3) == []


@pytest.mark.parametrize(
    ("facts", "applies"),
    [
        ({"chains.non_eea": 3, "employees": 25}, True),
        ({"chains.non_eea": 3, "employees": 10}, False),
        ({"chains.non_eea": 0, "employees": 25}, False),
        ({}, False),
    ],
)
def test_a_condition_decides_from_facts(facts, applies):
    assert ("far-away" in asked(FULL, 1, facts)) is applies


def test_each_requirement_that_applies_says_why():
    facts = {"chains.non_eea": 3, "employees": 25}
    found = requirements_for(content("framework"), report=FULL, number=1, facts=facts)
    reasons = {one.requirement.code: [reason.code for reason in one.because] for one in found}
    assert reasons["promise"] == ["asked_from", "report"]
    assert reasons["far-away"] == ["asked_from", "report", "fact", "fact"]


def test_its_groups_owe_what_its_file_says(agreement):
    terms, years = duty_terms(definition_of(agreement), "only"), report_years(agreement)
    owed = {
        group: duty_for(
            terms=terms, group=group, joined_on=date(2024, 1, 1), levels=[], year=years[0], years=years
        ).report
        for group in ("weaver", "seller", "friend", "stranger")
    }
    assert owed == {"weaver": FULL, "seller": ORIGIN_ONLY, "friend": NONE, "stranger": NONE}


def test_its_year_without_a_round_gives_the_reason_in_words(agreement):
    terms, years = duty_terms(definition_of(agreement), "only"), report_years(agreement)
    duty = duty_for(terms=terms, group="weaver", joined_on=date(2024, 1, 1), levels=[], year=years[2], years=years)
    assert duty.report == NONE
    assert duty.because[0].values["reason"]["en"] == "The trial is being evaluated."


def test_its_calendar_decides_which_year_is_worked_on(agreement):
    definition = definition_of(agreement)
    assert [year.code for year in report_years(agreement)] == ["2024", "2025", "2026"]
    assert working_year(definition, date(2025, 2, 1)).code == "2024"
    assert working_year(definition, date(2025, 6, 1)).code == "2025"


def test_its_scale_has_its_own_names_in_three_languages(agreement):
    names = outcome_names(definition_of(agreement), "medals")
    shown = []
    for language in ("nl", "fr", "en"):
        with override(language):
            shown.append([str(name) for name in names.values()])
    assert shown == [["brons", "zilver", "goud"], ["bronze", "argent", "or"], ["bronze", "silver", "gold"]]


def test_its_framework_is_found_by_the_short_name_of_the_term(agreement):
    assert framework_of(agreement, "only").edition.identifier == f"framework:{SLUG}:first"


def test_its_figures_and_their_conflict_are_published(agreement):
    assert conflicts_of(agreement).get().kept.value == 9
    assert len(current("agreements.figures", SLUG).payload["figures"]) == 4
