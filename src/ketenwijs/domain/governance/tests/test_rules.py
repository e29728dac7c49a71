"""Counting commitments and adding up a budget."""

from datetime import date
from decimal import Decimal

from ketenwijs.domain.governance.rules import (
    Amounts,
    Progress,
    Standing,
    balance_of,
    is_late,
    overlap,
    progress_of,
    total_of,
)

TODAY = date(2026, 1, 10)
SOON, GONE = date(2026, 2, 1), date(2025, 12, 1)


def test_commitments_are_counted_as_an_evaluation_does():
    rows = [
        *[Standing("done", True, GONE)] * 45,
        *[Standing("started", True, SOON)] * 6,
        *[Standing("planned", False, SOON)] * 10,
        Standing("dropped", True, GONE),
    ]
    assert progress_of(rows, today=TODAY) == Progress(
        agreed=62, started=52, planned=10, running=6, done=45, dropped=1, late=0
    )


def test_nothing_counts_as_nothing():
    assert progress_of([], today=TODAY) == Progress()


def test_only_what_is_open_after_its_day_is_late():
    late = [is_late(state, GONE, today=TODAY) for state in ("planned", "started", "done", "dropped")]
    assert late == [True, True, False, False]
    assert not is_late("planned", TODAY, today=TODAY)


def test_a_difference_is_known_only_with_both_amounts():
    assert Amounts(Decimal(100), Decimal(80)).difference == Decimal(-20)
    assert Amounts(Decimal(100)).difference is None
    assert Amounts(None, Decimal(0)).difference is None


def test_sums_take_what_is_known_and_say_what_is_missing():
    total = total_of([Amounts(Decimal(100), Decimal(80)), Amounts(Decimal(50))])
    assert (total.budgeted, total.realised, total.open_lines, total.difference) == (150, 80, 1, None)
    whole = total_of([Amounts(Decimal(100), Decimal(80))])
    assert whole.difference == -20
    assert total_of([]).difference == 0


def test_the_balance_is_income_less_cost():
    income, cost = total_of([Amounts(Decimal(300), Decimal(310))]), total_of([Amounts(Decimal(280), Decimal(295))])
    balance = balance_of(income, cost)
    assert (balance.budgeted, balance.realised, balance.difference) == (20, 15, -5)


def test_periods_without_end_overlap_with_all_that_is_later():
    assert overlap(date(2020, 1, 1), None, date(2025, 1, 1), None)
    assert not overlap(date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1), None)
    assert overlap(date(2020, 1, 1), date(2021, 1, 1), date(2021, 1, 1), None)
