"""Pure calculation: how commitments count, budget lines with their difference, ratings per goal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

INCOME, COST = "income", "cost"
BUDGETED, REALISED = "budgeted", "realised"


@dataclass(frozen=True)
class Standing:
    """One commitment as far as counting needs it."""

    state: str
    was_started: bool
    due_on: date


@dataclass(frozen=True)
class Progress:
    """Counts the way an evaluation gives them (reporting-indicators 3): agreed, of which ever started, of which done.

    One that was dropped after its start still counts as started. `planned`, `running`, `done` and `dropped` add up to
    `agreed`; `late` are those still open whose day has passed.
    """

    agreed: int = 0
    started: int = 0
    planned: int = 0
    running: int = 0
    done: int = 0
    dropped: int = 0
    late: int = 0


def progress_of(commitments: Iterable[Standing], *, today: date) -> Progress:
    """Count commitments."""
    rows = list(commitments)
    states = Counter(one.state for one in rows)
    return Progress(
        agreed=len(rows),
        started=sum(one.was_started for one in rows),
        planned=states["planned"],
        running=states["started"],
        done=states["done"],
        dropped=states["dropped"],
        late=sum(is_late(one.state, one.due_on, today=today) for one in rows),
    )


def is_late(state: str, due_on: date, *, today: date) -> bool:
    """Whether a commitment is still open after its day."""
    return state in ("planned", "started") and due_on < today


@dataclass(frozen=True)
class Amounts:
    """Budgeted and realised euros, each unknown while no amount was recorded."""

    budgeted: Decimal | None = None
    realised: Decimal | None = None

    @property
    def difference(self) -> Decimal | None:
        """Realised less budgeted; unknown while one of them is."""
        if self.budgeted is None or self.realised is None:
            return None
        return self.realised - self.budgeted


@dataclass(frozen=True)
class Total:
    """Sums in euros of what is known. `open_lines` lack an amount, so there is no honest difference yet."""

    budgeted: Decimal
    realised: Decimal
    open_lines: int

    @property
    def difference(self) -> Decimal | None:
        """Realised less budgeted, unknown while a line lacks an amount."""
        return None if self.open_lines else self.realised - self.budgeted


def total_of(lines: Iterable[Amounts]) -> Total:
    """Sum lines of one kind."""
    rows = list(lines)
    return Total(
        budgeted=sum((one.budgeted for one in rows if one.budgeted is not None), Decimal(0)),
        realised=sum((one.realised for one in rows if one.realised is not None), Decimal(0)),
        open_lines=sum(one.difference is None for one in rows),
    )


def balance_of(income: Total, cost: Total) -> Total:
    """Income less cost."""
    return Total(
        budgeted=income.budgeted - cost.budgeted,
        realised=income.realised - cost.realised,
        open_lines=income.open_lines + cost.open_lines,
    )


def present_on(since: date, until: date | None, day: date) -> bool:
    """Whether a dated period covers a day, first and last day included."""
    return since <= day and (until is None or until >= day)


def overlap(since: date, until: date | None, other_since: date, other_until: date | None) -> bool:
    """Whether two dated periods share a day; no last day means without end."""
    return (until is None or other_since <= until) and (other_until is None or since <= other_until)
