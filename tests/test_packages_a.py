"""Known facts of the packages for garments and textile, banking, gold, forest management, food and insurance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest
from django.conf import settings

from ketenwijs.domain.agreements.definitions import AgreementFile, FigureConflict, ObservationsFile, ObservedFigure
from ketenwijs.domain.agreements.frameworks import FrameworkFile, requirements_for
from ketenwijs.domain.agreements.instruments import IndicatorTree, SelfAssessment, WeightedScore
from ketenwijs.domain.agreements.rules import FULL
from ketenwijs.domain.assessments.instruments import instrument_for
from ketenwijs.domain.assessments.rules import MET, NOT_MET, Case, Judged, Proposal
from ketenwijs.foundation.content.checking import check_directory

GARMENTS, BANKING, GOLD, FOREST, FOOD, INSURANCE = (
    "kleding-textiel",
    "banken",
    "goud",
    "bosbeheer",
    "voedingsmiddelen",
    "verzekeringen",
)
HERE = (GARMENTS, BANKING, GOLD, FOREST, FOOD, INSURANCE)
RUN = (GARMENTS, FOOD, INSURANCE)
EDITORS = "Ketenwijs, redactie"


@lru_cache(maxsize=1)
def contents():
    """Everything in the content folder."""
    return [one.content for one in check_directory(Path(settings.CONTENT_DIR)).loaded]


def agreement(slug: str) -> AgreementFile:
    return next(one for one in contents() if isinstance(one, AgreementFile) and one.slug == slug)


def observations(slug: str) -> ObservationsFile:
    return next(one for one in contents() if isinstance(one, ObservationsFile) and one.agreement == slug)


def framework(slug: str) -> FrameworkFile:
    return next(one for one in contents() if isinstance(one, FrameworkFile) and one.agreement == slug)


def figure(slug: str, code: str) -> ObservedFigure:
    return next(one for one in observations(slug).figures if one.code == code)


def value(slug: str, code: str) -> Decimal | None:
    return figure(slug, code).value


def conflict(slug: str, code: str) -> FigureConflict:
    return next(one for one in observations(slug).conflicts if one.code == code)


def parties(slug: str) -> dict[str, int]:
    """Number of parties by section."""
    numbers: dict[str, int] = {}
    for one in agreement(slug).parties:
        numbers[one.section] = numbers.get(one.section, 0) + (one.number or 1)
    return numbers


def proposal(points: int, year: int) -> Proposal:
    """What the garments framework proposes when every requirement of a membership year gets the same points."""
    file = framework(GARMENTS)
    asked = [one.requirement for one in requirements_for(file, report=FULL, number=year, facts={})]
    judged = tuple(Judged(one.code, one.asked_from, NOT_MET, points=points) for one in asked)
    scheme = agreement(GARMENTS).scheme(file.scheme)
    return instrument_for(file).propose(Case(file, scheme, judged, FULL, year, None, "company"))


@pytest.mark.parametrize("slug", HERE)
def test_every_statement_of_a_package_names_its_source(slug):
    package, figures = agreement(slug), observations(slug).figures
    assert package.source and all(one.source for one in package.parties + package.bodies + package.life)
    assert all(one.source for one in package.documents + package.projects + package.participant_kinds)
    assert figures and all(one.source for one in figures)
    assert not [one.code for one in figures if "seed" in one.source.lower() or one.source.startswith("http")]


@pytest.mark.parametrize("slug", HERE)
def test_every_conflict_was_decided_by_the_editors_in_three_languages(slug):
    for one in observations(slug).conflicts:
        assert one.decided_by == EDITORS
        assert len({one.reading.nl, one.reading.fr, one.reading.en}) == 3


@pytest.mark.parametrize("slug", HERE)
def test_an_agreement_without_rounds_says_so_by_having_none(slug):
    package = agreement(slug)
    assert bool(package.years) == (slug in RUN)
    assert bool(package.groups) == bool(package.schemes) == (slug in RUN)


@pytest.mark.parametrize(
    ("slug", "starts", "ends"),
    [
        (GARMENTS, date(2016, 7, 4), date(2021, 12, 31)),
        (BANKING, date(2016, 12, 7), date(2019, 12, 1)),
        (GOLD, date(2017, 6, 19), date(2022, 6, 1)),
        (FOREST, date(2017, 3, 22), date(2020, 12, 31)),
        (FOOD, date(2018, 6, 29), None),
        (INSURANCE, date(2018, 7, 5), date(2023, 7, 1)),
    ],
)
def test_terms_have_the_known_days_and_no_others(slug, starts, ends):
    (term,) = agreement(slug).terms
    assert (term.starts_on, term.known_end) == (starts, ends)


def test_garments_pass_marks_rise_and_goals_and_actions_weigh_forty_per_cent():
    block = framework(GARMENTS).instrument
    assert isinstance(block, WeightedScore)
    assert [block.pass_mark(year) for year in (1, 2, 3, 4)] == [20, 40, 60, 60]
    assert {one.step: one.percent for one in block.weights if not one.example} == {"3": 40}
    assert len(framework(GARMENTS).steps) == 5


@pytest.mark.parametrize(
    ("points", "year", "outcome"),
    [(0, 1, "not_yet"), (1, 1, "passed"), (1, 2, "not_yet"), (2, 2, "passed"), (2, 3, "not_yet"), (3, 3, "passed")],
)
def test_the_same_garments_score_is_enough_in_one_year_and_not_in_the_next(points, year, outcome):
    assert proposal(points, year).value == outcome


def test_garments_ask_public_communication_and_the_living_wage_project_from_year_three():
    asked = {one.code: one.asked_from for one in framework(GARMENTS).requirements}
    assert (asked["public-communication"], asked["living-wage-project"], asked["production-locations"]) == (3, 3, 1)


def test_garments_production_locations_and_the_round_of_2019():
    numbers = [value(GARMENTS, f"locations-{year}") for year in (2016, 2017, 2018)]
    assert numbers == [2802, 4268, 6289]
    assert (value(GARMENTS, "assessed-2019"), value(GARMENTS, "met-2019"), value(GARMENTS, "met-2018")) == (57, 36, 5)


def test_garments_brands_are_no_companies_and_the_goal_moved():
    assert (value(GARMENTS, "brands-2018"), value(GARMENTS, "companies-2019-04")) == (93, 92)
    assert conflict(GARMENTS, "brands-or-companies").kept == "brands-2018"
    assert set(conflict(GARMENTS, "goal-80").figures) == {"goal-2020", "goal-2021"}


def test_garments_have_the_valid_grounds_for_leaving_and_their_own_committee():
    grounds = {one.code for one in agreement(GARMENTS).exit_reasons}
    assert {"bankruptcy", "end_of_business", "takeover"} <= grounds
    assert agreement(GARMENTS).complaints_body == "own"
    assert parties(GARMENTS) == {"companies": 93, "associations": 3, "unions": 2, "civil_society": 5, "governments": 1}


def test_banking_counts_thirteen_at_signing_and_eleven_later():
    assert (value(BANKING, "banks-signing"), value(BANKING, "banks-2019")) == (13, 11)
    assert conflict(BANKING, "banks").kept == "banks-2019"
    assert parties(BANKING)["banks"] == 13
    assert agreement(BANKING).complaints_body == "none"


def test_gold_keeps_both_lines_on_year_one_and_reads_five_for_year_two():
    assert {value(GOLD, "published-y1"), value(GOLD, "published-y1-other")} == {8, 5}
    assert conflict(GOLD, "published-reports").kept == "published-y2"
    assert [value(GOLD, f"parties-{when}") for when in ("signing", "y2", "2019")] == [20, 21, 19]
    assert sum(parties(GOLD).values()) == 19


def test_forest_keeps_twenty_three_and_twenty_four_and_is_not_hosted_by_the_council():
    assert {value(FOREST, "parties-ser"), value(FOREST, "parties-union")} == {23, 24}
    assert conflict(FOREST, "parties").kept == "parties-ser"
    assert parties(FOREST)["associations"] == 13
    assert agreement(FOREST).host == "Stichting Bewust met Hout"


def test_food_respondents_rise_and_those_who_ever_answered_add_up():
    assert [value(FOOD, f"respondents-y{year}") for year in (1, 2, 3, 4)] == [48, 110, 119, 156]
    assert value(FOOD, "ever-y3") + value(FOOD, "first-timers-y4") == value(FOOD, "ever-y4") == 223
    assert {value(FOOD, "sub-questions-report"), value(FOOD, "sub-questions-news")} == {157, 167}


def test_food_is_ten_questions_with_advice_at_every_answer_and_used_only_in_total():
    file = framework(FOOD)
    block = file.instrument
    assert isinstance(block, SelfAssessment)
    assert len(file.requirements) == 10
    for one in file.requirements:
        assert all(block.advice_for(one.code, level.value) for level in file.rubric)
    assert block.aggregate.by == "group"
    assert agreement(FOOD).scheme(file.scheme).published == "aggregate"
    assert file.is_private


def test_insurance_asks_small_insurers_for_no_proof_and_counts_capital_too():
    block = framework(INSURANCE).instrument
    assert isinstance(block, IndicatorTree)
    assert (block.needs_proof("large"), block.needs_proof("small")) == (True, False)
    assert block.measures == ("participants", "size")
    assert value(INSURANCE, "meets-all-2021") == 0


def test_an_insurance_part_counts_only_when_all_its_arrangements_are_met():
    file = framework(INSURANCE)
    scheme = agreement(INSURANCE).scheme(file.scheme)

    def number(missed: set[str]) -> int | None:
        judged = tuple(Judged(one.code, 1, NOT_MET if one.code in missed else MET) for one in file.requirements)
        return instrument_for(file).propose(Case(file, scheme, judged, FULL, 2, None, "large")).number

    assert (number(set()), number({"policy-themes"}), number({"policy-themes", "policy-norms"})) == (4, 3, 3)


@pytest.mark.parametrize("slug", RUN)
def test_frameworks_whose_text_is_ours_are_labelled_as_example(slug):
    file = framework(slug)
    assert file.example
    assert len({file.note.nl, file.note.fr, file.note.en}) == 3
