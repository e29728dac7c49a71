"""Reading a finished round in pieces and working every member out under a draft; writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import F, JSONField, Value
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.comparing import Comparison, compare, start_value_between
from ketenwijs.domain.agreements.definitions import StartValue
from ketenwijs.domain.assessments.instruments import instrument_for
from ketenwijs.domain.assessments.models import Dossier, Finding, Outcome, Round
from ketenwijs.domain.assessments.requirements import framework_of_round
from ketenwijs.domain.assessments.simulation.draft import Draft
from ketenwijs.domain.assessments.simulation.outcomes import Asked, Member, Simulated, Simulator
from ketenwijs.domain.assessments.states import DONE
from ketenwijs.foundation.access.viewer import Viewer, agreement_scope
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

SIMULATE = "assessments.simulate"
PIECE = 500
FIELDS = (
    "pk", "organisation__name", "kind", "group", "membership_year", "level", "target_level",
)  # fmt: skip
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Simulation:
    """What a round would have come to under a draft. `left_out` reports are not finished and count nowhere."""

    round: Round
    draft: Draft
    comparison: Comparison
    start: StartValue | None
    fresh: bool
    rows: list[Simulated]
    asked: dict[str, Asked]
    left_out: int


def may_simulate(viewer: Viewer, round_: Round) -> bool:
    """Try out drafts on a round: the lead of the secretariat."""
    return viewer.holds(SIMULATE, agreement_scope(round_.agreement.slug))


def simulate(viewer: Viewer, round_: Round, draft: Draft, *, fresh: bool = False) -> Simulation:
    """Work out every finished report of a round under a draft; linear in their number, nothing is stored.

    `fresh` leaves the level held aside. Raises NotAllowed without the right, DomainError where nobody is judged one by one.
    """
    if not may_simulate(viewer, round_):
        raise NotAllowed(_("Only the lead of the secretariat tries out a draft."))
    before = framework_of_round(round_)
    if before is None or not (instrument_for(before).is_judged and instrument_for(draft.framework).is_judged):
        raise DomainError(_("Nobody is judged one by one here, so there is nothing to work out."))
    start = start_value_between(draft.definition, before, draft.framework)
    was = next((one for one in draft.definition.schemes if one.code == before.scheme), None)
    simulator = Simulator(before, draft.framework, draft.scheme, was=was, start=start, fresh=fresh)
    rows = [
        simulator.work_out(_member(row, present), findings, _answers(row, simulator), row[len(FIELDS)] or {})
        for row, findings, present in _pieces(round_, simulator)
    ]
    return Simulation(
        round=round_,
        draft=draft,
        comparison=compare(before, draft.framework),
        start=start,
        fresh=fresh,
        rows=rows,
        asked=simulator.asked,
        left_out=Dossier.objects.filter(round=round_).exclude(state__in=DONE).count(),
    )


def _pieces(round_: Round, simulator: Simulator) -> Iterator[tuple[Row, dict[str, tuple[str, int | None]], Row]]:
    """Each finished report with its findings and published outcome, a few hundred at a time.

    Only what the draft needs is taken out of what was handed in, by the database itself.
    """
    nothing = Value(None, output_field=JSONField())
    rows = (
        Dossier.objects.filter(round=round_, state__in=DONE)
        .order_by("pk")
        .annotate(
            facts=F("frozen__facts") if simulator.needs_facts else nothing,
            **{f"answer_{n}": _value_of(code) for n, code in enumerate(simulator.answers_needed)},
        )
        .values_list(*FIELDS, "facts", *(f"answer_{n}" for n in range(len(simulator.answers_needed))))
        .iterator(chunk_size=PIECE)
    )
    while piece := list(islice(rows, PIECE)):
        first, last = piece[0][0], piece[-1][0]
        findings = _findings(round_, first, last)
        outcomes = _outcomes(round_, first, last)
        for row in piece:
            yield row, findings.get(row[0], {}), outcomes.get(row[0], ("", None))


def _findings(round_: Round, first: int, last: int) -> dict[int, dict[str, tuple[str, int | None]]]:
    found: dict[int, dict[str, tuple[str, int | None]]] = {}
    rows = Finding.objects.filter(dossier__round=round_, dossier__gte=first, dossier__lte=last)
    values = rows.exclude(final_verdict="").values_list("dossier_id", "requirement", "final_verdict", "final_points")
    for dossier, requirement, verdict, points in values.iterator(chunk_size=10_000):
        found.setdefault(dossier, {})[requirement] = (verdict, points)
    return found


def _outcomes(round_: Round, first: int, last: int) -> dict[int, Row]:
    rows = Outcome.objects.filter(dossier__round=round_, dossier__gte=first, dossier__lte=last, superseded_by=None)
    return {dossier: (value, number) for dossier, value, number in rows.values_list("dossier_id", "value", "number")}


def _value_of(code: str) -> KeyTransform:
    """The value of one answer in what was handed in."""
    return KeyTransform("value", KeyTransform(code, KeyTransform("answers", "frozen")))


def _answers(row: Row, simulator: Simulator) -> dict[str, Any]:
    return dict(zip(simulator.answers_needed, row[len(FIELDS) + 1 :], strict=True))


def _member(row: Row, present: Row) -> Member:
    pk, name, kind, group, year, level, target = row[: len(FIELDS)]
    return Member(pk, name, kind, group, year, level, target, (present[0], present[1]))
