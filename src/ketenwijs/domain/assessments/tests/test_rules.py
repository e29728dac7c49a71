"""What the rule proposes from findings, and where it leaves the outcome to people."""

from datetime import date

import pytest

from ketenwijs.domain.assessments.jobs import reminder_day
from ketenwijs.domain.assessments.rules import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    PARTLY,
    Judged,
    checksum_of,
    counted,
    propose_grade,
    propose_level,
)


def judged(*verdicts, levels=None):
    places = levels or [1] * len(verdicts)
    return [Judged(f"r{n}", at, verdict) for n, (verdict, at) in enumerate(zip(verdicts, places, strict=True))]


def grade(*verdicts):
    return propose_grade(judged(*verdicts), number=3, best="green", under_way="orange")


def level(listed, *, held=None, highest=3, may_skip=False, may_fall_back=False, plan_only=False):
    return propose_level(
        listed, held=held, highest=highest, may_skip=may_skip, may_fall_back=may_fall_back, plan_only=plan_only
    )


def test_everything_met_gives_the_best_grade_for_the_year_judged():
    proposal = grade(MET, MET, NOT_APPLICABLE)
    assert (proposal.value, proposal.number, proposal.short, proposal.because) == ("green", 3, (), "all_met")


@pytest.mark.parametrize("verdict", [PARTLY, NOT_MET])
def test_anything_short_gives_the_grade_for_under_way_and_names_what_is_short(verdict):
    proposal = grade(MET, verdict)
    assert (proposal.value, proposal.short, proposal.because) == ("orange", ("r1",), "some_short")


def test_the_worst_grade_is_never_proposed_even_when_nothing_is_met():
    assert {grade(*[NOT_MET] * n).value for n in range(1, 30)} == {"orange"}


def test_the_counts_add_up_to_the_requirements():
    counts = counted(judged(MET, MET, PARTLY, NOT_MET, NOT_APPLICABLE))
    assert counts == {MET: 2, PARTLY: 1, NOT_MET: 1, NOT_APPLICABLE: 1}


def test_a_level_is_reached_when_all_asked_up_to_it_is_met():
    listed = judged(MET, MET, NOT_MET, levels=[1, 2, 3])
    assert level(listed, held=1).value == "2"
    assert level(judged(MET, PARTLY, MET, levels=[1, 2, 3]), held=1).value == "1"


def test_nobody_skips_a_level_unless_the_agreement_allows_it():
    all_met = judged(MET, MET, MET, levels=[1, 2, 3])
    assert level(all_met, held=1).number == 2
    assert level(all_met, held=1, may_skip=True).number == 3
    assert level(all_met, held=None).number == 3


def test_falling_back_is_left_to_people_unless_the_agreement_allows_it():
    listed = judged(MET, NOT_MET, levels=[1, 2])
    left = level(listed, held=2)
    assert (left.value, left.number, left.because, left.short) == ("", None, "below_level_held", ("r1",))
    assert level(listed, held=2, may_fall_back=True).value == "1"


def test_a_first_level_that_is_short_is_left_to_people():
    left = level(judged(NOT_MET))
    assert (left.value, left.because) == ("", "first_level_short")


def test_a_level_for_which_nothing_was_judged_is_not_reached():
    assert level(judged(MET), may_skip=True).number == 1


def test_in_a_year_for_the_plan_alone_the_level_held_stands_when_the_plan_is_met():
    kept = level(judged(MET, MET), held=3, plan_only=True)
    assert (kept.value, kept.number, kept.because) == ("3", 3, "plan_met")


@pytest.mark.parametrize(("held", "verdict"), [(3, PARTLY), (None, MET)])
def test_in_a_year_for_the_plan_alone_anything_else_is_left_to_people(held, verdict):
    left = level(judged(MET, verdict), held=held, plan_only=True)
    assert (left.value, left.number, left.because) == ("", None, "plan_short")


def test_the_checksum_does_not_depend_on_order_and_sees_every_change():
    one = {"answers": {"a": 1, "b": "é"}, "facts": {"x": 0.1}}
    same = {"facts": {"x": 0.1}, "answers": {"b": "é", "a": 1}}
    assert checksum_of(one) == checksum_of(same)
    assert checksum_of(one) != checksum_of({**one, "facts": {"x": 0.2}})


@pytest.mark.parametrize(
    ("day", "planned"),
    [
        (date(2025, 10, 30), None),
        (date(2025, 10, 31), date(2025, 10, 31)),
        (date(2025, 11, 3), date(2025, 10, 31)),
        (date(2025, 11, 4), None),
        (date(2025, 11, 23), date(2025, 11, 23)),
        (date(2025, 11, 30), None),
        (date(2025, 12, 1), None),
        (date(2025, 12, 7), date(2025, 12, 7)),
        (date(2025, 12, 9), date(2025, 12, 7)),
        (date(2025, 12, 14), date(2025, 12, 14)),
    ],
)
def test_reminders_go_out_on_the_set_days_and_weekly_when_late_or_up_to_three_days_after(day, planned):
    assert reminder_day(date(2025, 11, 30), day, [30, 7]) == planned
