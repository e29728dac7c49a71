"""Indicators of a round: share of participants and share of size per main and sub-indicator at the reference date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ketenwijs.domain.agreements.definitions import AgreementFile
from ketenwijs.domain.agreements.frameworks import FrameworkFile, IndicatorTree, MainIndicator
from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.assessments.models import Dossier, Finding, Round
from ketenwijs.domain.assessments.requirements import framework_of_round
from ketenwijs.domain.assessments.rules import (
    MET,
    NOT_APPLICABLE,
    Judged,
    Participant,
    Share,
    main_lines,
    shares_of,
)
from ketenwijs.domain.assessments.sizes import reference_date
from ketenwijs.domain.assessments.totals.grouping import JUDGED, heading_names, headings, minimum_of

MAIN, SUB = "main:", "sub:"


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator: over all participants, and per group in the order of the headings (None: held back)."""

    name: str
    is_main: bool
    share: Share
    groups: list[Share | None]
    goal: float | None = None
    goal_by: date | None = None
    goal_reached: bool | None = None


@dataclass(frozen=True)
class IndicatorTotals:
    """All indicators of a round with their base. `unit_name` is empty where only participants are counted."""

    round: Round
    minimum: int
    in_round: int
    base: int
    on: date
    size_name: str
    headings: list[str]
    rows: list[IndicatorRow]

    @property
    def is_shown(self) -> bool:
        """Whether there are enough participants to show anything."""
        return self.base >= max(self.minimum, 1)


def indicator_totals(round_: Round) -> IndicatorTotals:
    """The indicators over the participants whose outcome a second person confirmed. Four queries.

    A group that is too small stands together with others; nothing about a single participant can be worked out.
    """
    framework = framework_of_round(round_)
    assert framework is not None
    assert isinstance(framework.instrument, IndicatorTree)
    block, minimum = framework.instrument, minimum_of(round_)
    dossiers = list(Dossier.objects.filter(round=round_, state__in=JUDGED).select_related("membership").defer("frozen"))
    shown_under = headings(dossiers, "group", minimum)
    participants = _participants(dossiers, block, shown_under)
    groups = sorted(set(shown_under.values()), key=lambda code: (code == "", code))
    if len(groups) < 2:
        groups = []
    definition = definition_of(round_.agreement)
    return IndicatorTotals(
        round=round_,
        minimum=minimum,
        in_round=round_.dossiers.count(),
        base=len(participants),
        on=reference_date(round_, block),
        size_name=str(block.size.name) if block.size is not None else "",
        headings=_names(definition, groups),
        rows=_rows(framework, block, participants, groups, minimum),
    )


def _names(definition: AgreementFile, groups: list[str]) -> list[str]:
    names = heading_names(definition, "group", groups)
    return [names[code] for code in groups]


def _participants(dossiers: list[Dossier], block: IndicatorTree, shown_under: dict[int, str]) -> list[Participant]:
    judged: dict[int, list[Judged]] = {}
    findings = Finding.objects.filter(dossier__in=[one.pk for one in dossiers])
    for dossier, requirement, verdict in findings.values_list("dossier", "requirement", "final_verdict"):
        judged.setdefault(dossier, []).append(Judged(requirement, 1, verdict))
    mains = {one.code: one.parts for one in block.mains}
    return [
        Participant(_counts(judged.get(one.pk, []), mains), one.size_figure, shown_under[one.pk]) for one in dossiers
    ]


def _counts(judged: list[Judged], mains: dict[str, tuple[str, ...]]) -> dict[str, bool | None]:
    counts: dict[str, bool | None] = {MAIN + line.code: line.counts for line in main_lines(judged, mains)}
    for one in judged:
        counts[SUB + one.requirement] = None if one.verdict == NOT_APPLICABLE else one.verdict == MET
    return counts


def _rows(
    framework: FrameworkFile,
    block: IndicatorTree,
    participants: list[Participant],
    groups: list[str],
    minimum: int,
) -> list[IndicatorRow]:
    rows = []
    for main in block.mains:
        rows.append(_main_row(main, participants, groups, minimum))
        for code in main.parts:
            requirement = framework.requirement(code)
            name = str(requirement.title) if requirement is not None else code
            rows.append(_row(SUB + code, name, False, participants, groups, minimum))
    return rows


def _row(
    code: str, name: str, is_main: bool, participants: Sequence[Participant], groups: list[str], minimum: int
) -> IndicatorRow:
    share = shares_of(participants, [code], minimum)[0]
    by_group = [shares_of([p for p in participants if p.group == group], [code], minimum)[0] for group in groups]
    held_back = any(0 < one.base < minimum for one in by_group)
    return IndicatorRow(name, is_main, share, [None if held_back else one for one in by_group])


def _main_row(
    main: MainIndicator, participants: Sequence[Participant], groups: list[str], minimum: int
) -> IndicatorRow:
    row = _row(MAIN + main.code, str(main.name), True, participants, groups, minimum)
    if main.goal is None:
        return row
    reached = row.share.percent if main.goal.of == "participants" else row.share.size_percent
    return IndicatorRow(
        row.name,
        True,
        row.share,
        row.groups,
        goal=main.goal.percent,
        goal_by=main.goal.by,
        goal_reached=None if reached is None else reached >= main.goal.percent,
    )
