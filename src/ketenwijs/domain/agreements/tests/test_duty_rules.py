"""Duties from known facts: membership years, groups, plan-only years in turn, and a year without a round."""

from datetime import date

import pytest

from ketenwijs.domain.agreements.rules import (
    BY_LEVEL,
    FULL,
    NONE,
    ORIGIN_ONLY,
    PLAN_ONLY,
    Alternation,
    DatedLevel,
    DutyTerms,
    GroupDuty,
    ReportYear,
    duty_for,
    full_membership_years,
    level_before,
    report_year_on,
    standing_in,
)

GROUPS = {"A": GroupDuty("A", NONE), "B": GroupDuty("B", ORIGIN_ONLY), "C": GroupDuty("C", FULL)}
FIRST_TERM = DutyTerms(groups=GROUPS)
SECOND_TERM = DutyTerms(groups=GROUPS, judged_by=BY_LEVEL, alternation=Alternation(from_level=3))


def year(start: int, *, held: bool = True) -> ReportYear:
    """1 October to 30 September."""
    reason = {} if held else {"nl": "Er was geen ronde."}
    return ReportYear(f"{start}-{start + 1}", date(start, 10, 1), date(start + 1, 9, 30), "term", held, reason)


YEARS = [year(start) for start in range(2019, 2030)]


def duty(terms, group, joined_on, start, levels=(), years=YEARS):
    """The duty in the report year that starts in a calendar year."""
    wanted = next(one for one in years if one.starts_on.year == start)
    return duty_for(terms=terms, group=group, joined_on=joined_on, levels=levels, year=wanted, years=years)


@pytest.mark.parametrize(
    ("joined_on", "day", "years"),
    [
        (date(2019, 10, 1), date(2020, 9, 29), 0),
        (date(2019, 10, 1), date(2020, 9, 30), 1),
        (date(2019, 10, 2), date(2020, 9, 30), 0),
        (date(2019, 10, 1), date(2024, 9, 30), 5),
        (date(2020, 2, 29), date(2021, 2, 27), 0),
        (date(2020, 2, 29), date(2021, 2, 28), 1),
        (date(2025, 1, 1), date(2024, 1, 1), 0),
    ],
)
def test_full_membership_years_count_only_years_that_are_over(joined_on, day, years):
    assert full_membership_years(joined_on, day) == years


def test_group_a_reports_nothing_and_group_b_origin_only():
    assert duty(FIRST_TERM, "A", date(2019, 10, 1), 2022).report == NONE
    assert duty(FIRST_TERM, "B", date(2019, 10, 1), 2022).report == ORIGIN_ONLY


def test_a_member_of_less_than_a_year_reports_nothing_yet_and_is_told_why():
    owed = duty(FIRST_TERM, "C", date(2020, 3, 1), 2019)
    assert owed.report == NONE
    assert [reason.code for reason in owed.because] == ["group", "membership_years", "too_new"]


def test_an_unknown_group_owes_nothing_and_says_so():
    owed = duty(FIRST_TERM, "", date(2019, 10, 1), 2022)
    assert (owed.report, owed.because[0].code) == (NONE, "no_group")


def test_a_year_without_a_round_asks_nothing_and_carries_the_reason():
    years = [*YEARS[:4], year(2023, held=False), *YEARS[5:]]
    owed = duty(FIRST_TERM, "C", date(2019, 10, 1), 2023, years=years)
    assert owed.report == NONE
    assert owed.because[0].values["reason"] == {"nl": "Er was geen ronde."}


def test_below_level_three_every_year_is_full():
    levels = [DatedLevel(2, date(2023, 1, 15), "2021-2022")]
    assert [duty(SECOND_TERM, "C", date(2019, 10, 1), start, levels).report for start in (2022, 2023)] == [
        FULL,
        FULL,
    ]


def test_from_level_three_plan_only_and_full_years_take_turns():
    levels = [DatedLevel(3, date(2023, 1, 15), "2021-2022")]
    reports = [duty(SECOND_TERM, "C", date(2019, 10, 1), start, levels).report for start in (2022, 2023, 2024, 2025)]
    assert reports == [PLAN_ONLY, FULL, PLAN_ONLY, FULL]


def test_the_turns_can_begin_with_a_full_year_when_the_agreement_says_so():
    terms = DutyTerms(groups=GROUPS, judged_by=BY_LEVEL, alternation=Alternation(3, next_is=FULL))
    levels = [DatedLevel(3, date(2023, 1, 15), "2021-2022")]
    reports = [duty(terms, "C", date(2019, 10, 1), start, levels).report for start in (2022, 2023)]
    assert reports == [FULL, PLAN_ONLY]


def test_rising_from_three_to_four_keeps_the_turns():
    levels = [DatedLevel(3, date(2023, 1, 15), "2021-2022"), DatedLevel(4, date(2025, 1, 15), "2023-2024")]
    assert duty(SECOND_TERM, "C", date(2019, 10, 1), 2024, levels).report == PLAN_ONLY


def test_falling_below_three_makes_the_next_year_full_and_starts_the_turns_anew():
    levels = [
        DatedLevel(3, date(2022, 1, 15), "2020-2021"),
        DatedLevel(2, date(2024, 1, 15), "2022-2023"),
        DatedLevel(3, date(2025, 1, 15), "2023-2024"),
    ]
    reports = [duty(SECOND_TERM, "C", date(2019, 10, 1), start, levels).report for start in (2023, 2024, 2025)]
    assert reports == [FULL, PLAN_ONLY, FULL]


def test_a_year_without_a_round_does_not_count_as_a_turn():
    years = [*YEARS[:3], year(2022, held=False), *YEARS[4:]]
    levels = [DatedLevel(3, date(2023, 1, 15), "2021-2022")]
    assert duty(SECOND_TERM, "C", date(2019, 10, 1), 2023, levels, years).report == PLAN_ONLY


def test_an_outcome_counts_for_years_after_its_own_however_late_it_was_decided():
    late = DatedLevel(3, date(2023, 8, 1), "2021-2022")
    assert level_before([late], YEARS[2], YEARS) is None
    assert level_before([late], YEARS[3], YEARS) == late


def test_a_start_value_counts_from_the_report_year_its_day_falls_in():
    start = DatedLevel(4, date(2025, 3, 1))
    found = [level_before([start], one, YEARS) for one in YEARS if one.starts_on.year in (2023, 2024)]
    assert found == [None, start]


def test_the_target_is_the_membership_year_or_the_next_level():
    def standing(terms, levels, start):
        one = next(each for each in YEARS if each.starts_on.year == start)
        return standing_in(terms=terms, group="C", joined_on=date(2019, 10, 1), levels=levels, year=one, years=YEARS)

    level_three = [DatedLevel(3, date(2023, 1, 15), "2021-2022", "3")]
    assert standing(FIRST_TERM, [], 2021).target == 3
    assert standing(FIRST_TERM, [], 2028).target == 5
    assert standing(SECOND_TERM, [], 2021).target == 1
    assert (
        standing(SECOND_TERM, level_three, 2022).target,
        standing(SECOND_TERM, level_three, 2023).target,
    ) == (4, 4)


def test_a_day_between_report_years_belongs_to_none():
    years = [YEARS[0], YEARS[5]]
    assert report_year_on(years, date(2022, 1, 1)) is None
    assert report_year_on(years, date(2020, 9, 30)) == YEARS[0]
