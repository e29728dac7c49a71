"""What the agreement package that comes with the program says: known figures, demands per year and level."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest
from django.conf import settings

from ketenwijs.domain.agreements.comparing import compare, start_value_between
from ketenwijs.domain.agreements.definitions import AgreementFile, ObservationsFile
from ketenwijs.domain.agreements.frameworks import FrameworkFile, continued_from, requirements_for
from ketenwijs.domain.agreements.rules import FULL, ORIGIN_ONLY, PLAN_ONLY
from ketenwijs.domain.agreements.selectors import conflicts_of, observations_of
from ketenwijs.domain.agreements.services import load_observations, sync_agreements
from ketenwijs.foundation.access.viewer import system
from ketenwijs.foundation.content.checking import check_directory
from ketenwijs.foundation.content.services import apply_directory

NO_ROUND = "2023-2024"
SLUG = "trustone"


@lru_cache(maxsize=1)
def package():
    """Every file of the package by its place."""
    return {one.parsed.file: one.content for one in check_directory(Path(settings.CONTENT_DIR)).loaded}


def of_kind(shape):
    """Contents of one shape that belong to the flagship; other agreements have tests of their own."""
    found = [content for content in package().values() if isinstance(content, shape)]
    return [one for one in found if getattr(one, "slug", "") == SLUG or getattr(one, "agreement", "") == SLUG]


@pytest.fixture
def agreement() -> AgreementFile:
    return of_kind(AgreementFile)[0]


@pytest.fixture
def figures():
    return {one.code: one for one in of_kind(ObservationsFile)[0].figures}


@pytest.fixture
def conflicts():
    return {one.code: one for one in of_kind(ObservationsFile)[0].conflicts}


@pytest.fixture
def frameworks(agreement):
    found = {one.identifier: one for one in of_kind(FrameworkFile)}
    return [found[term.framework] for term in agreement.terms]


def parts_of(figures, total):
    return [one.value for one in figures.values() if one.part_of == total]


def test_47_firms_of_year_five_are_21_and_14_and_12(figures):
    assert figures["companies-y5"].value == 47
    assert parts_of(figures, "companies-y5") == [21, 14, 12]


def test_63_authorities_stay_63_and_the_footnote_says_that_the_parts_give_64(figures, conflicts):
    total = figures["authorities-y5"]
    assert total.value == 63
    assert sum(parts_of(figures, total.code), Decimal(0)) == 64
    conflict = conflicts["authorities-y5"]
    assert conflict.kept == total.code
    assert all("64" in text for text in conflict.reading.by_language.values())


def test_the_year_without_a_round_has_words_instead_of_figures(agreement, figures):
    year = next(one for one in agreement.years if one.code == NO_ROUND)
    assert not year.held
    assert year.reason is not None
    for code in ("factories-known-y5", "quarries-known-y5", "meeting-demands-y5", "plans-handed-in-y5"):
        assert figures[code].value is None
        assert "round" in figures[code].value_text.en


def test_every_figure_has_a_source_and_every_percentage_says_of_what(figures):
    assert [one.code for one in figures.values() if not one.source] == []
    assert [one.code for one in figures.values() if one.unit == "percent" and not one.population.nl] == []


def test_percentages_of_firms_that_meet_demands_warn_against_comparing_years(figures):
    shares = [figures["meeting-demands-y3"], figures["meeting-demands-y4"]]
    assert shares[0].value == 81
    assert shares[1].value_text.nl == "bijna 60 %"
    assert all(one.note is not None for one in shares)


def test_what_a_source_calls_almost_is_kept_in_words_and_never_as_a_number(figures):
    for code in ("factories-known-y1", "quarries-known-y1", "meeting-demands-y4"):
        assert figures[code].value is None
        assert "bijna" in figures[code].value_text.nl


def test_each_framework_covers_every_sub_step_and_is_labelled_as_example(frameworks):
    for framework in frameworks:
        covered = {one.substep for one in framework.requirements}
        assert covered == {sub.code for step in framework.steps for sub in step.substeps}
        assert framework.example


def test_demands_rise_with_every_year_and_level(frameworks):
    for framework in frameworks:
        counts = [len(requirements_for(framework, report=FULL, number=n, facts={})) for n in range(1, 6)]
        assert counts == sorted(set(counts))


def test_a_member_that_states_origins_is_asked_nothing_else(frameworks):
    for framework in frameworks:
        asked = requirements_for(framework, report=ORIGIN_ONLY, number=5, facts={})
        assert asked
        assert {one.requirement.fact.split(".")[0] for one in asked} == {"chains"}


def test_a_plan_only_year_asks_a_part_of_a_full_one(frameworks):
    second = frameworks[-1]
    full, plan = (
        {one.requirement.code for one in requirements_for(second, report=report, number=3, facts={})}
        for report in (FULL, PLAN_ONLY)
    )
    assert plan
    assert plan < full


def test_remedy_is_asked_only_of_who_did_harm(frameworks):
    for framework in frameworks:
        asked = {
            harm: {
                one.requirement.code
                for one in requirements_for(framework, report=FULL, number=5, facts={"risks.own_harm": harm})
            }
            for harm in (0, 1)
        }
        assert asked[1] - asked[0] == {"req-6.1-01"}


def test_every_requirement_of_the_first_term_is_continued_or_dropped_in_the_second(frameworks):
    first, second = frameworks
    earlier = {one.code: True for one in first.requirements}
    continued = {continued_from(one, earlier) for one in second.requirements} - {None}
    assert set(earlier) == continued | set(second.dropped)


def test_levels_four_and_five_ask_more_than_the_years_before_them_did(frameworks):
    first, second = frameworks
    for one in second.requirements:
        before = first.requirement(one.same_as.requirement) if one.same_as else None
        if before is not None and one.same_as.change == "stricter":
            assert one.asked_from >= 4
            assert one.minimum > before.minimum


@pytest.mark.django_db
def test_the_whole_folder_is_applied_and_its_figures_are_loaded(figures, conflicts):
    robot = system("tests")
    applied = apply_directory(actor=robot, root=Path(settings.CONTENT_DIR))
    assert (applied.changed, applied.same) == ([], 0)
    (stored,) = [one for one in sync_agreements(actor=robot) if one.slug == SLUG]
    assert load_observations(actor=robot, agreement=stored) == len(figures)
    assert observations_of(stored).count() == len(figures)
    assert {one.kept.identifier for one in conflicts_of(stored)} == {
        f"{stored.slug}/{one.kept}" for one in conflicts.values()
    }
    assert apply_directory(actor=robot, root=Path(settings.CONTENT_DIR)).same == len(applied.new)


def test_the_second_term_compared_with_the_first_accounts_for_every_requirement():
    loaded = package()
    first, second = (loaded[f"agreements/{SLUG}/framework-term-{n}.yaml"] for n in (1, 2))
    found = compare(first, second)
    counts = found.counts
    assert found.is_declared
    assert sum(counts[kind] for kind in ("same", "stricter", "split", "new")) == len(second.requirements)
    assert [one.before.code for one in found.only("dropped")] == list(second.dropped)
    assert all(one.details for one in found.only("stricter"))
    start = start_value_between(loaded[f"agreements/{SLUG}/agreement.yaml"], first, second)
    assert (start.rule, start.example) == ("number_to_number", True)
