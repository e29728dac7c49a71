"""What a member owes in a report year, worked out from facts alone: membership years, groups, levels,
alternation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

NONE = "none"
ORIGIN_ONLY = "origin_only"
FULL = "full"
PLAN_ONLY = "plan_only"
BY_YEAR = "membership_year"
BY_LEVEL = "level"
REPORTS = (NONE, ORIGIN_ONLY, PLAN_ONLY, FULL)


@dataclass(frozen=True)
class ReportYear:
    """One report year of an agreement with its calendar, as the content package states it.

    `held` is false for a year without a round; `reason` then says why, per language. `reply_days` is the time
    a firm has to reply to draft findings. `scheme` is the outcome scheme of the term (levels, colours).
    `example`: its days are example values because no source gives them.
    """

    code: str
    starts_on: date
    ends_on: date
    term_code: str
    held: bool = True
    reason: Mapping[str, str] = field(default_factory=dict)
    opens_on: date | None = None
    due_on: date | None = None
    reply_days: int = 0
    scheme: str = ""
    example: bool = False

    def contains(self, day: date) -> bool:
        """Whether a day falls in this report year."""
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True)
class GroupDuty:
    """What a participant group owes: `report` is none, origin_only or full."""

    code: str
    report: str


@dataclass(frozen=True)
class Alternation:
    """From `from_level` on full and plan-only years take turns; `next_is` is the kind of the year after
    reaching it.
    """

    from_level: int
    next_is: str = PLAN_ONLY


@dataclass(frozen=True)
class DutyTerms:
    """What the content of one term says about duties: its groups, the alternation if any, the start of
    reporting.

    `judged_by` says what the demands follow: the full membership years, or the level. `highest` caps both.
    `first_report_after` is the number of full membership years after which the first report is owed.
    `steps_up` is how many levels above the one held a full report is judged at.
    """

    groups: Mapping[str, GroupDuty]
    judged_by: str = BY_YEAR
    alternation: Alternation | None = None
    first_report_after: int = 1
    highest: int = 5
    steps_up: int = 1


@dataclass(frozen=True)
class DatedLevel:
    """An outcome a membership had: its number, since when, and the report year it was the outcome of, if
    known.
    """

    number: int | None
    since: date
    report_year: str = ""
    value: str = ""


@dataclass(frozen=True)
class Reason:
    """One step of the reasoning in a form that a screen can put into words: a code and its values."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Duty:
    """What is owed in a year: none, origin_only, plan_only or full, and why."""

    report: str
    because: tuple[Reason, ...] = ()

    @property
    def reports(self) -> bool:
        """Whether anything is handed in this year."""
        return self.report != NONE


def full_membership_years(joined_on: date, day: date) -> int:
    """Number of full years a member has completed by the end of `day` (term 1: demands follow FULL years).

    1 October to 30 September inclusive is one full year. Somebody who joined on 29 February completes the
    year at the end of 28 February. Never negative.
    """
    after = day + timedelta(days=1)
    years = after.year - joined_on.year - ((after.month, after.day) < (joined_on.month, joined_on.day))
    return max(0, years)


def membership_year(joined_on: date, year: ReportYear, highest: int) -> int:
    """Which membership year a report year is judged as: full years at its end, at most `highest`; 0 before
    the first.
    """
    return min(full_membership_years(joined_on, year.ends_on), highest)


def report_year_on(years: Sequence[ReportYear], day: date) -> ReportYear | None:
    """The report year a day falls in, or None between the years of the agreement."""
    return next((year for year in years if year.contains(day)), None)


def level_before(levels: Sequence[DatedLevel], year: ReportYear, years: Sequence[ReportYear]) -> DatedLevel | None:
    """The latest outcome that counts when `year` begins: one of an earlier report year, whenever it was
    decided.

    An outcome without a report year counts from the report year its date falls in onwards (a start value).
    """
    return _latest([level for level in levels if _counts_before(level, year, years)], years)


def _counts_before(level: DatedLevel, year: ReportYear, years: Sequence[ReportYear]) -> bool:
    if level.report_year:
        return _place(level, years) < _index(year.code, years)
    return level.since <= year.ends_on


def _latest(levels: list[DatedLevel], years: Sequence[ReportYear]) -> DatedLevel | None:
    return max(levels, key=lambda level: (_place(level, years), level.since), default=None)


def _index(code: str, years: Sequence[ReportYear]) -> int:
    return next((place for place, year in enumerate(years) if year.code == code), -1)


def _place(level: DatedLevel, years: Sequence[ReportYear]) -> int:
    """Where in the row of report years an outcome belongs: its own year, or the year before the one its date
    falls in.
    """
    if level.report_year:
        return _index(level.report_year, years)
    started = [place for place, year in enumerate(years) if year.starts_on <= level.since]
    return (started[-1] if started else 0) - 1


@dataclass(frozen=True)
class Standing:
    """How a member stands in a report year. `level` is the number held when the year began, `level_value` its
    code.

    `target` is the year or level the report is judged against; None when nothing is owed. `membership_year`
    is the number of full years at the end of the report year, capped; 0 before the first.
    """

    duty: Duty
    group: str
    level: int | None
    level_value: str
    membership_year: int
    target: int | None


def standing_in(
    *,
    terms: DutyTerms,
    group: str,
    joined_on: date,
    levels: Sequence[DatedLevel],
    year: ReportYear,
    years: Sequence[ReportYear],
) -> Standing:
    """Duty, level, membership year and target of a member in one report year; arguments as of `duty_for`."""
    duty = duty_for(terms=terms, group=group, joined_on=joined_on, levels=levels, year=year, years=years)
    held = level_before(levels, year, years)
    in_year = membership_year(joined_on, year, terms.highest)
    level = held.number if held else None
    return Standing(
        duty=duty,
        group=group,
        level=level,
        level_value=held.value if held else "",
        membership_year=in_year,
        target=_target(terms, duty, level, in_year),
    )


def _target(terms: DutyTerms, duty: Duty, level: int | None, in_year: int) -> int | None:
    """What the report is judged against: the membership year, or the level above the one held."""
    if duty.report == NONE:
        return None
    if terms.judged_by == BY_YEAR:
        return max(1, in_year)
    return min((level or 0) + terms.steps_up, terms.highest)


def duty_for(
    *,
    terms: DutyTerms,
    group: str,
    joined_on: date,
    levels: Sequence[DatedLevel],
    year: ReportYear,
    years: Sequence[ReportYear],
) -> Duty:
    """What a member owes in a report year, with the reasons in the order in which they decided.

    `levels` are all outcomes of the term's scheme, `years` all report years of the agreement in order of
    time.
    """
    reasons: list[Reason] = []
    if not year.held:
        return Duty(NONE, (Reason("no_round", {"year": year.code, "reason": dict(year.reason)}),))
    if group not in terms.groups:
        return Duty(NONE, (Reason("no_group", {"group": group}),))
    report = terms.groups[group].report
    reasons.append(Reason("group", {"group": group, "report": report}))
    if report == NONE:
        return Duty(NONE, tuple(reasons))
    full_years = full_membership_years(joined_on, year.ends_on)
    reasons.append(Reason("membership_years", {"years": full_years, "joined_on": joined_on}))
    if full_years < terms.first_report_after:
        reasons.append(Reason("too_new", {"after": terms.first_report_after}))
        return Duty(NONE, tuple(reasons))
    if report == FULL and terms.alternation is not None:
        report, why = _alternated(terms.alternation, levels, year, years)
        reasons += why
    return Duty(report, tuple(reasons))


def _alternated(
    rule: Alternation, levels: Sequence[DatedLevel], year: ReportYear, years: Sequence[ReportYear]
) -> tuple[str, list[Reason]]:
    """Full or plan-only for a member of a group that reports fully."""
    current = level_before(levels, year, years)
    number = current.number if current else None
    if number is None:
        return FULL, [Reason("no_level")]
    if number < rule.from_level:
        return FULL, [Reason("below_level", {"level": number, "from_level": rule.from_level})]
    turns = _rounds_since(_reached(rule.from_level, levels, year, years), year, years)
    other = FULL if rule.next_is == PLAN_ONLY else PLAN_ONLY
    report = rule.next_is if turns % 2 == 1 else other
    return report, [Reason("alternates", {"level": number, "from_level": rule.from_level, "rounds": turns})]


def _reached(
    from_level: int, levels: Sequence[DatedLevel], year: ReportYear, years: Sequence[ReportYear]
) -> DatedLevel:
    """The outcome with which the member came to stand at or above the level, without falling below it
    since.
    """
    counted = [level for level in levels if _counts_before(level, year, years)]
    ordered = sorted(counted, key=lambda level: (_place(level, years), level.since))
    reached = ordered[-1]
    for level in reversed(ordered):
        if level.number is None or level.number < from_level:
            break
        reached = level
    return reached


def _rounds_since(level: DatedLevel, year: ReportYear, years: Sequence[ReportYear]) -> int:
    """Rounds held after the report year of an outcome, up to and including `year`; years without a round do
    not count.
    """
    first, last = _place(level, years) + 1, _index(year.code, years)
    return sum(1 for one in years[max(first, 0) : last + 1] if one.held)
