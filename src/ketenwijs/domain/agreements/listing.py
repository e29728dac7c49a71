"""What lists and pages show of a membership: names instead of codes, full years, the outcome held."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from ketenwijs.domain.agreements import packages, rules
from ketenwijs.domain.agreements.definitions import AgreementFile
from ketenwijs.domain.agreements.models import LevelPeriod, Membership
from ketenwijs.domain.agreements.selectors import standing_of
from ketenwijs.domain.agreements.wording import duty_words, reason_words
from ketenwijs.domain.reference import selectors as reference

RUNNING, ENDED, ALL = "running", "ended", "all"


@dataclass(frozen=True)
class MemberRow:
    """One line of a list. `years` are full membership years up to today or the leaving day."""

    membership: Membership
    trade: str
    country: str
    group: str
    outcomes: list[str]
    years: int


@dataclass(frozen=True)
class OutcomeLine:
    """One dated outcome in words."""

    scheme: str
    value: str
    number: int | None
    since: date
    until: date | None
    report_year: str
    reason: str


def filtered(
    members: QuerySet[Membership],
    *,
    state: str = RUNNING,
    trade: str = "",
    group: str = "",
    country: str = "",
    words: str = "",
) -> QuerySet[Membership]:
    """Narrow a list of members; empty means no narrowing. The group is the present one, or the last before
    leaving.
    """
    if state == RUNNING:
        members = members.filter(left_on__isnull=True)
    elif state == ENDED:
        members = members.filter(left_on__isnull=False)
    if trade:
        members = members.filter(organisation__subkind=trade)
    if country:
        members = members.filter(organisation__country=country)
    if group:
        last = Q(groups__until__isnull=True) | Q(groups__until=F("left_on"))
        members = members.filter(last, groups__group=group)
    if words.strip():
        members = members.filter(organisation__name__icontains=words.strip())
    return members


def rows_of(memberships: Iterable[Membership], definition: AgreementFile, today: date) -> list[MemberRow]:
    """Lines for memberships with organisation, groups and levels at hand; no query."""
    groups = packages.group_names(definition)
    trades: dict[str, str] = {}
    return [
        MemberRow(
            membership=one,
            trade=trades.setdefault(
                one.organisation.subkind, trade_name(one.organisation.kind, one.organisation.subkind)
            ),
            country=country_name(one.organisation.country),
            group=packages.local(groups, _last_group(one)),
            outcomes=[outcome_words(definition, level) for level in present_levels(one)],
            years=rules.full_membership_years(one.joined_on, one.left_on or today),
        )
        for one in memberships
    ]


def present_levels(membership: Membership) -> list[LevelPeriod]:
    """The latest outcome of each scheme, newest scheme first."""
    latest: dict[str, LevelPeriod] = {}
    for level in membership.levels.all():
        held = latest.get(level.scheme)
        if held is None or (level.since, level.pk) > (held.since, held.pk):
            latest[level.scheme] = level
    return sorted(latest.values(), key=lambda level: level.since, reverse=True)


def outcome_words(definition: AgreementFile, level: LevelPeriod) -> str:
    """An outcome in a few words, with the year or level it is about where the word does not say it."""
    word = packages.local(packages.outcome_names(definition, level.scheme), level.value) or level.value
    if level.number is None or str(level.number) in word:
        return word
    return f"{word} {level.number}"


def outcome_lines(membership: Membership, definition: AgreementFile) -> list[OutcomeLine]:
    """All outcomes of a membership, newest first."""
    schemes = packages.outcome_schemes(definition)
    ordered = sorted(membership.levels.all(), key=lambda level: (level.since, level.pk), reverse=True)
    return [
        OutcomeLine(
            scheme=packages.local(schemes, level.scheme),
            value=outcome_words(definition, level),
            number=level.number,
            since=level.since,
            until=level.until,
            report_year=level.report_year,
            reason=level.reason,
        )
        for level in ordered
    ]


def trade_name(kind: str, subkind: str) -> str:
    """The trade or kind of authority in the active language."""
    known = reference.organisation_kind(kind)
    return next((one.name for one in known.subkinds if one.code == subkind), subkind) if known else subkind


def country_name(code: str) -> str:
    """The country in the active language."""
    known = reference.country(code)
    return known.name if known else code


def _last_group(membership: Membership) -> str:
    periods = list(membership.groups.all())
    return max(periods, key=lambda period: (period.since, period.pk)).group if periods else ""


@dataclass(frozen=True)
class PeriodLine:
    """One dated fact in words."""

    value: str
    since: date
    until: date | None


@dataclass(frozen=True)
class StandingLine:
    """What is owed in the present report year, and why, in words."""

    year: str
    duty: str
    reasons: list[str]


def group_lines(membership: Membership, definition: AgreementFile) -> list[PeriodLine]:
    """All groups of a membership, newest first."""
    names = packages.group_names(definition)
    ordered = sorted(membership.groups.all(), key=lambda period: (period.since, period.pk), reverse=True)
    return [PeriodLine(packages.local(names, one.group) or one.group, one.since, one.until) for one in ordered]


def standing_line(membership: Membership, definition: AgreementFile, today: date) -> StandingLine | None:
    """The duty of the report year to work on; None for those who owe none by their kind, or outside all
    years.
    """
    year = packages.working_year(definition, today)
    if year is None or membership.kind != Membership.Kind.PARTICIPANT:
        return None
    duty = standing_of(membership, year).duty
    return StandingLine(year.code, duty_words(duty.report), [reason_words(one, definition) for one in duty.because])
