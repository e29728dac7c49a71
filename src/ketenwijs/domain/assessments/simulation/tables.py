"""What a simulation adds up to: outcomes per group, from present outcome to new one, and requirement by requirement."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ketenwijs.domain.agreements.definitions import AgreementFile, OutcomeScheme
from ketenwijs.domain.agreements.frameworks import Requirement
from ketenwijs.domain.assessments.simulation.mapping import CARRIED, RECOMPUTED, UNKNOWN
from ketenwijs.domain.assessments.simulation.outcomes import Asked, Simulated
from ketenwijs.domain.assessments.simulation.reading import Simulation

PEOPLE = ""
"""The code of "left to people": the rule proposes nothing."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Cell:
    """How many members surely have an outcome, and how many may have it when what is unknown is counted in."""

    sure: int
    possible: int

    @property
    def is_range(self) -> bool:
        """Whether unknown requirements leave it open."""
        return self.sure != self.possible


@dataclass(frozen=True)
class Line:
    """One group, or one present outcome, with a cell for every outcome of the draft."""

    code: str
    total: int
    cells: list[Cell]


@dataclass(frozen=True)
class RequirementLine:
    """One requirement of the draft that is asked of anybody."""

    requirement: Requirement
    kind: str
    asked: int
    carried: int
    recomputed: int
    unknown: int
    short: int


@dataclass(frozen=True)
class Tables:
    """Everything the page shows; `outcomes` are the columns, best last, with "left to people" first where it occurs."""

    outcomes: list[str]
    everybody: Line
    groups: list[Line]
    cross: list[Line]
    requirements: list[RequirementLine]
    unknown: int
    open_members: int


def tables_of(simulation: Simulation) -> Tables:
    """Count once over all members; linear."""
    rows, order = simulation.rows, order_of(simulation.draft.scheme)
    occurring = {one.worst[0] for one in rows} | {one.best[0] for one in rows}
    columns = [code for code in order if code != PEOPLE or PEOPLE in occurring]
    columns += sorted(occurring - set(order))
    before = [*_present_order(simulation), *sorted({one.member.present[0] for one in rows})]
    groups = [*(one.code for one in simulation.draft.definition.groups), *sorted({one.member.group for one in rows})]
    return Tables(
        outcomes=columns,
        everybody=_line(PEOPLE, rows, columns),
        groups=list(_lines(rows, groups, columns, lambda one: one.member.group)),
        cross=list(_lines(rows, before, columns, lambda one: one.member.present[0])),
        requirements=_requirements(simulation),
        unknown=sum(one.unknown for one in rows),
        open_members=sum(not one.is_sure for one in rows),
    )


def order_of(scheme: OutcomeScheme) -> list[str]:
    """Outcomes from lowest to highest, after "left to people": levels by number, otherwise the best one last."""
    if scheme.kind == "level":
        listed = sorted(scheme.outcomes, key=lambda one: one.number or 0)
    else:
        rank = {scheme.under_way: 1, scheme.best: 2}
        listed = sorted(scheme.outcomes, key=lambda one: rank.get(one.code, 0))
    return [PEOPLE, *(one.code for one in listed)]


def _present_order(simulation: Simulation) -> list[str]:
    scheme = simulation.comparison.before.scheme
    found: AgreementFile = simulation.draft.definition
    known = next((one for one in found.schemes if one.code == scheme), None)
    return order_of(known) if known is not None else []


def _lines(
    rows: Sequence[Simulated], codes: Iterable[str], columns: list[str], code_of: Callable[[Simulated], str]
) -> Iterator[Line]:
    """One line per code that occurs, in the order given."""
    by_code: dict[str, list[Simulated]] = {}
    for one in rows:
        by_code.setdefault(code_of(one), []).append(one)
    for code in dict.fromkeys(codes):
        if code in by_code:
            yield _line(code, by_code[code], columns)


def _line(code: str, rows: Sequence[Simulated], columns: list[str]) -> Line:
    place = {one: number for number, one in enumerate(columns)}
    spans = Counter((place[one.worst[0]], place[one.best[0]]) for one in rows)
    cells = []
    for number in range(len(columns)):
        sure = spans[(number, number)]
        possible = sum(times for (worst, best), times in spans.items() if worst <= number <= best)
        cells.append(Cell(sure, possible))
    return Line(code, len(rows), cells)


def _requirements(simulation: Simulation) -> list[RequirementLine]:
    kinds = {one.after.code: one.kind for one in simulation.comparison.changes if one.after is not None}
    found = []
    for one in simulation.draft.framework.requirements:
        counted: Asked = simulation.asked[one.code]
        if counted.asked:
            known = counted.known
            found.append(
                RequirementLine(
                    one,
                    kinds[one.code],
                    counted.asked,
                    known[CARRIED],
                    known[RECOMPUTED],
                    known[UNKNOWN],
                    counted.short,
                )
            )
    return found


def export_lines(simulation: Simulation) -> bytes:
    """One row per member as CSV with the mark spreadsheets look for; no cell is run as a formula."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=";")
    writer.writerow(
        [
            "company",
            "group",
            "membership_year",
            "present",
            "present_number",
            "worst",
            "worst_number",
            "best",
            "best_number",
        ]
        + ["carried", "recomputed", "unknown"]
    )
    for one in simulation.rows:
        values = [
            one.member.name,
            one.member.group,
            one.member.membership_year,
            *one.member.present,
            *one.worst,
            *one.best,
        ]
        writer.writerow([_harmless(value) for value in [*values, one.carried, one.recomputed, one.unknown]])
    return "\ufeff".encode() + made.getvalue().encode()


def _harmless(value: object) -> object:
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value
