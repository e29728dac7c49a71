"""What taking a sheet over would change in the chains that are already there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ketenwijs.domain.chains.rules.grouping import ProposedChain, added
from ketenwijs.domain.chains.rules.mapped import MappedChain

CENT = Decimal("0.01")
KILOGRAM = Decimal("0.001")


@dataclass(frozen=True)
class Change:
    """A chain that is in both lists. `tonnes` and `value_eur` are what it would have afterwards.

    `adds` when on top.
    """

    before: MappedChain
    proposed: ProposedChain
    tonnes: Decimal | None
    value_eur: Decimal | None
    adds: bool


@dataclass
class Difference:
    """What is new, what changes, what stays as it is, and what goes (only where the sheet is the
    whole list).
    """

    new: list[ProposedChain] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    same: list[Change] = field(default_factory=list)
    gone: list[MappedChain] = field(default_factory=list)
    kept: int = 0


def difference_between(
    existing: Sequence[MappedChain], proposed: Sequence[ProposedChain], *, replace: bool
) -> Difference:
    """Compare by what makes a chain.

    As an addition, volumes of the same chain are added up and nothing goes.
    """
    by_key: dict[tuple[str, ...], MappedChain] = {}
    for chain in existing:
        by_key.setdefault(chain.key, chain)
    found = Difference()
    met: set[int] = set()
    for one in proposed:
        before = by_key.get(one.key)
        if before is None:
            found.new.append(one)
            continue
        met.add(before.pk)
        change = _change(before, one, replace=replace)
        unchanged = change.tonnes == before.tonnes and change.value_eur == before.value_eur
        (found.same if unchanged else found.changed).append(change)
    untouched = [chain for chain in existing if chain.pk not in met]
    if replace:
        found.gone = untouched
    else:
        found.kept = len(untouched)
    return found


def stored(amount: Decimal | None, step: Decimal) -> Decimal | None:
    """An amount as the register keeps it: tonnes to the kilogram, euros to the cent."""
    return None if amount is None else amount.quantize(step)


def _change(before: MappedChain, one: ProposedChain, *, replace: bool) -> Change:
    # Last year's volume is no part of this year's: a chain that waits for confirmation takes the sheet's
    # figure.
    adds = not replace and before.is_confirmed
    tonnes, value = one.tonnes, one.value_eur
    if adds:
        tonnes, value = added(before.tonnes, tonnes), added(before.value_eur, value)
    return Change(before, one, stored(tonnes, KILOGRAM), stored(value, CENT), adds)
