"""Rules of printed figures."""

from decimal import Decimal

import pytest

from ketenwijs.domain.reports.rules import (
    LESS_THAN,
    MORE_THAN,
    Cell,
    Percentage,
    edition_number,
    percentage,
    withheld,
    wrong_sums,
)


def cell(code: str, value: int | None, contributors: int | None = None, part_of: str = "total") -> Cell:
    return Cell(code, None if value is None else Decimal(value), part_of, contributors)


def test_a_part_is_never_rounded_to_all_or_to_none():
    assert percentage(999, 1000) == Percentage(99, MORE_THAN)
    assert percentage(1, 1000) == Percentage(1, LESS_THAN)
    assert percentage(1000, 1000) == Percentage(100)
    assert percentage(0, 1000) == Percentage(0)
    assert percentage(1, 8) == Percentage(13)


def test_nothing_counted_gives_no_percentage_and_a_part_above_the_whole_is_refused():
    assert percentage(0, 0) is None
    with pytest.raises(ValueError):
        percentage(3, 2)


def test_parts_are_checked_against_their_total():
    right = [cell("total", 47, part_of=""), cell("a", 21), cell("b", 14), cell("c", 12)]
    wrong = [cell("total", 63, part_of=""), cell("a", 12), cell("b", 52)]
    assert wrong_sums(right) == []
    (found,) = wrong_sums(wrong)
    assert (found.total, found.added) == (63, 64)


def test_a_total_with_a_part_in_words_is_left_alone():
    assert wrong_sums([cell("total", 63, part_of=""), cell("a", 12), cell("b", None)]) == []


def test_a_row_of_few_firms_is_withheld_with_a_second_row_so_that_the_total_does_not_give_it_away():
    cells = [cell("total", 60, 20, ""), cell("a", 40, 15), cell("b", 12, 6), cell("c", 8, 2)]
    assert withheld(cells, 5) == {"b", "c"}


def test_withheld_rows_together_come_from_enough_firms():
    cells = [cell("total", 60, 20, ""), cell("a", 40, 15), cell("b", 12, 1), cell("c", 8, 2)]
    assert withheld(cells, 5) == {"a", "b", "c"}


def test_the_total_goes_where_no_other_row_can_cover():
    cells = [cell("total", 8, 6, ""), cell("a", 8, 2), cell("b", 0, 0)]
    assert withheld(cells, 5) == {"total", "a"}


def test_everything_goes_under_a_total_of_few_firms_and_zero_is_shown():
    cells = [cell("total", 8, 2, ""), cell("a", 8, 2), cell("b", 0, 0)]
    assert withheld(cells, 5) == {"total", "a"}


def test_public_facts_are_never_withheld():
    assert withheld([cell("total", 1, None, ""), cell("a", 1, None)], 5) == frozenset()


def test_the_number_of_an_edition_follows_from_the_period():
    assert edition_number(["y1", "y2", "y3"], "y3") == 3
    with pytest.raises(ValueError):
        edition_number(["y1"], "y9")
