"""Buying situations: the participant group of each chain, the strictest of them, and how many chains count for the fee."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ketenwijs.domain.chains.definitions import ChainRulesFile, Counting, Situation
from ketenwijs.domain.chains.rules.mapped import FACTORY, QUARRY, MappedChain, Step, folded

UNDECIDED = ""
"""The group of a chain of which too little is known to tell."""

ON_THE_WAY = frozenset({"port", "agent"})
"""Kinds of place where stone is neither won nor worked."""

InEea = Callable[[str], bool]


@dataclass(frozen=True)
class Situations:
    """How many chains are in each group, the lightest first; `strictest` is empty where no chain tells.

    `counted` chains count for the fee, of which `extra` come on top of the base fee.
    """

    numbers: tuple[tuple[str, int], ...]
    undecided: int
    strictest: str
    counted: int
    extra: int


def situation_of(chain: MappedChain, rules: ChainRulesFile, in_eea: InEea) -> str:
    """The group of the first situation that fits the chain; empty where none does because something is unknown."""
    return next((one.group for one in rules.situations if _fits(chain, one, rules, in_eea)), UNDECIDED)


def situations_of(chains: Sequence[MappedChain], rules: ChainRulesFile, in_eea: InEea) -> Situations:
    """The situations of a firm's chains together; the strictest is the last of the rules that occurs."""
    groups = [situation_of(one, rules, in_eea) for one in chains]
    found = Counter(groups)
    order = list(dict.fromkeys(one.group for one in rules.situations))
    present = [(code, found[code]) for code in order if found[code]]
    counted = 0
    if rules.counting:
        matter = [
            one
            for one, group in zip(chains, groups, strict=True)
            if not rules.counting.groups or group in rules.counting.groups
        ]
        counted = chains_for_fee(matter, rules.counting)
    included = rules.counting.included if rules.counting else 0
    return Situations(
        numbers=tuple(present),
        undecided=found[UNDECIDED],
        strictest=present[-1][0] if present else UNDECIDED,
        counted=counted,
        extra=max(0, counted - included),
    )


def chains_for_fee(chains: Iterable[MappedChain], counting: Counting) -> int:
    """How many chains count as different."""
    return len({tuple(_part(one, name) for name in counting.different_by) for one in chains})


def _part(chain: MappedChain, name: str) -> str:
    if name in (FACTORY, QUARRY):
        step: Step = getattr(chain, name)
        return folded(f"{step.site.name}|{step.site.place}") if step.site else ""
    return folded(str(getattr(chain, name)))


def _fits(chain: MappedChain, situation: Situation, rules: ChainRulesFile, in_eea: InEea) -> bool:
    if situation.bought is not None:
        if not chain.supplier_country:
            return False
        at_home = chain.supplier_country in rules.home_countries
        if at_home != (situation.bought == "at_home"):
            return False
    if situation.won_and_worked is None:
        return True
    outside = [not in_eea(country) for country in _countries(chain)]
    if situation.won_and_worked == "outside_eea":
        return any(outside)
    # A factory whose country nobody stated may lie anywhere; the country of origin decides until it is known.
    return bool(chain.country) and not any(outside)


def _countries(chain: MappedChain) -> set[str]:
    """Countries in which the stone is won and worked, as far as stated."""
    return {step.country for step in chain.steps if step.country and step.kind not in ON_THE_WAY}
