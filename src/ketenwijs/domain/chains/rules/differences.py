"""What taking a sheet over would change in the chains that are already there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ketenwijs.domain.chains.rules.grouping import ProposedChain, added
from ketenwijs.domain.chains.rules.mapped import MappedChain, Place, Step

CENT = Decimal("0.01")
KILOGRAM = Decimal("0.001")


@dataclass(frozen=True)
class Change:
    """A chain that is in both lists. `tonnes` and `value_eur` are what it would have afterwards.

    `adds` when on top. `restates`: the sheet gives the chain's own number and says something else of its supplier, stone
    or places than the list does.
    """

    before: MappedChain
    proposed: ProposedChain
    tonnes: Decimal | None
    value_eur: Decimal | None
    adds: bool
    restates: bool = False


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
    """Compare by what makes a chain and by the number our own workbook gave it.

    As an addition, volumes of the same chain are added up and nothing goes.
    """
    matched = _matched(existing, proposed)
    found = Difference()
    met = {chain.pk for chain in matched.values()}
    for position, one in enumerate(proposed):
        before = matched.get(position)
        if before is None:
            found.new.append(one)
            continue
        change = _change(before, one, replace=replace)
        unchanged = change.tonnes == before.tonnes and change.value_eur == before.value_eur and not change.restates
        (found.same if unchanged else found.changed).append(change)
    untouched = [chain for chain in existing if chain.pk not in met]
    if replace:
        found.gone = untouched
    else:
        found.kept = len(untouched)
    return found


def _matched(existing: Sequence[MappedChain], proposed: Sequence[ProposedChain]) -> dict[int, MappedChain]:
    """Which chain each proposed one (by position) is. What the row says goes before its number: a row that was copied to
    make a new chain carries the number of the old one along, and only one of both can be it.
    """
    by_key: dict[tuple[str, ...], MappedChain] = {}
    for chain in existing:
        by_key.setdefault(chain.key, chain)
    by_number = _by_number(existing)
    found: dict[int, MappedChain] = {}
    for position, one in enumerate(proposed):
        numbered = by_number.get(one.number)
        known = numbered if numbered and numbered.key == one.key else by_key.get(one.key)
        if known:
            found[position] = known
    met = {chain.pk for chain in found.values()}
    for position, one in enumerate(proposed):
        numbered = by_number.get(one.number)
        if position not in found and numbered and numbered.pk not in met:
            found[position] = numbered
            met.add(numbered.pk)
    return found


def _by_number(existing: Sequence[MappedChain]) -> Mapping[int | None, MappedChain]:
    """A workbook of last year gives the numbers that the chains had then; this year's numbers go first."""
    carried: dict[int | None, MappedChain] = {one.carried_from: one for one in existing if one.carried_from is not None}
    return {**carried, **{one.pk: one for one in existing}}


def restated(before: MappedChain, one: ProposedChain) -> bool:
    """Whether a row with the chain's number says something else of it than the list, figures apart.

    What the row leaves out (a country, a local name, coordinates) is no correction.
    """
    if one.number is None or one.number not in (before.pk, before.carried_from):
        return False
    return not (
        one.key == before.key
        and one.supplier == before.supplier
        # Of a seller without a country the reader says the country of origin; that corrects nothing.
        and one.supplier_country in ("", before.supplier_country or one.country)
        and not asked_again(before, one)
        and _as_known(before.factory, one.factory)
        and _as_known(before.quarry, one.quarry)
    )


def asked_again(before: MappedChain, one: ProposedChain) -> bool:
    """Whether the row gives another day on which the firm asked for what it does not know.

    A sheet has one column for the factory and the quarry.
    """
    known = {step.asked_on for step in (before.factory, before.quarry) if step.asked_on}
    return one.asked_on is not None and one.asked_on not in known and (one.factory is None or one.quarry is None)


def _as_known(step: Step, said: Place | None) -> bool:
    """Whether the place as said adds nothing to what is known of it."""
    if said is None or step.site is None:
        return said is None and step.site is None
    site = step.site
    same_name = (site.name, site.place) == (said.name, said.place)
    same_country = said.country in ("", step.country, site.country)
    return same_name and same_country and says_no_more(site, said)


def says_no_more(site: Place, said: Place) -> bool:
    """Whether local name and coordinates, where they are said, are those that are known."""
    same_script = said.local_name in ("", site.local_name)
    return same_script and (said.coordinates is None or said.coordinates == site.coordinates)


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
    return Change(before, one, stored(tonnes, KILOGRAM), stored(value, CENT), adds, restated(before, one))
