"""Severity, order and what must enter the plan: unknown is never low, and the worst of three decides."""

from itertools import permutations

import pytest

from ketenwijs.domain.risks.rules import (
    HIGHEST,
    Cell,
    Scores,
    Severity,
    is_weighed,
    matrix,
    must_enter_plan,
    ranking_key,
    severity,
    worst,
)


@pytest.mark.parametrize("parts", sorted(set(permutations((1, 1, 4)))))
def test_one_dimension_at_four_is_enough_to_be_severe(parts):
    assert severity(Scores(*parts)) == Severity(4, at_least=False)


@pytest.mark.parametrize(("parts", "band"), [((1, 2, 3), 3), ((2, 2, 2), 2), ((1, 1, 1), 1), ((3, 1, 1), 3)])
def test_severity_is_the_highest_of_three_and_never_an_average(parts, band):
    assert severity(Scores(*parts)).band == band


def test_an_unknown_part_can_only_raise_what_is_known():
    assert severity(Scores(2, None, 1)) == Severity(2, at_least=True)
    assert severity(Scores(None, 4, None)) == Severity(4, at_least=False)


def test_without_anything_known_there_is_no_band_and_surely_not_the_lowest():
    assert severity(Scores()) == Severity(None, at_least=False)


def ordered(*scores):
    return sorted(scores, key=ranking_key)


def test_unknown_stands_below_the_worst_known_and_above_all_else():
    worst_known, unknown, three, low = Scores(4, 4, 4, 1), Scores(), Scores(3, 3, 3, 4), Scores(1, 1, 1, 4)
    assert ordered(low, three, unknown, worst_known) == [worst_known, unknown, three, low]


def test_a_half_known_low_severity_is_not_sorted_as_low():
    half, three = Scores(1, None, None, 1), Scores(3, 3, 3, 4)
    assert ordered(three, half) == [half, three]


def test_severity_goes_before_likelihood_and_is_no_product():
    grave_and_unlikely, lesser_and_sure = Scores(4, 1, 1, 1), Scores(3, 3, 3, 4)
    assert ordered(lesser_and_sure, grave_and_unlikely) == [grave_and_unlikely, lesser_and_sure]


def test_likelihood_decides_between_equals_and_unknown_likelihood_is_not_the_lowest():
    sure, unknown, likely = Scores(3, 3, 3, 4), Scores(3, 3, 3, None), Scores(3, 3, 3, 3)
    assert ordered(likely, unknown, sure) == [sure, unknown, likely]


def test_what_cannot_be_put_right_goes_first_between_equals():
    lasting, passing = Scores(3, 1, 3, 2), Scores(3, 3, 1, 2)
    assert ordered(passing, lasting) == [lasting, passing]


@pytest.mark.parametrize(
    ("likelihood", "involvement", "must"),
    [
        (4, "cause", True),
        (4, "contribute", True),
        (4, "linked", False),
        (4, "", False),
        (3, "cause", False),
        (None, "cause", False),
    ],
)
def test_own_actual_harm_enters_the_plan_whatever_its_rank(likelihood, involvement, must):
    assert must_enter_plan(Scores(1, 1, 1, likelihood, involvement)) is must


def test_a_weighing_is_finished_only_with_all_four_scores():
    assert is_weighed(Scores(1, 2, 3, 4))
    assert not any(is_weighed(Scores(*scores)) for scores in [(None, 2, 3, 4), (1, 2, 3, None), ()])


def test_the_worst_of_the_general_weighing_and_its_exceptions_decides():
    general, better, worse = Scores(2, 2, 2, 2), Scores(1, 1, 1, 1), Scores(4, 1, 1, 1)
    assert worst(general, []) == general
    assert worst(general, [better]) == general
    assert worst(general, [better, worse]) == worse


def test_the_matrix_counts_every_risk_once_with_a_place_for_unknown():
    cells = matrix([Scores(1, 2, 3, 4), Scores(3, 1, 1, 4), Scores(), Scores(HIGHEST, likelihood=None)])
    assert set(cells) == {Cell(3, 4, 2), Cell(None, None, 1), Cell(4, None, 1)}
