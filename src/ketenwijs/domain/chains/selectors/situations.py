"""What a firm's chains say about its participant group and its fee, by the rules of the agreement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ketenwijs.domain.agreements.definitions import Fee, Group
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.chains.definitions import ChainRulesFile
from ketenwijs.domain.chains.lists import chain_rules_of
from ketenwijs.domain.chains.rules.situations import Situations, situation_of, situations_of
from ketenwijs.domain.chains.selectors.chains import counted_in
from ketenwijs.domain.reference.selectors import in_eea


@dataclass(frozen=True)
class SituationsOfFirm:
    """Numbers of chains per group, and the group with the strictest duty (None while no chain tells).

    `differs`: the firm is registered in another group. `by_chain` is the group's code per chain, empty where not known.
    `fee` is that of one more chain in the term of the year, None where the term names none.
    """

    rules: ChainRulesFile
    found: Situations
    groups: list[tuple[Group, int]]
    strictest: Group | None
    registered: Group | None
    differs: bool
    by_chain: dict[int, str]
    fee: Fee | None

    @property
    def names(self) -> dict[int, str]:
        """The group of each chain in words; chains of which it cannot be told are left out."""
        known = {group.code: str(group.name) for group, _number in self.groups}
        return {pk: known[code] for pk, code in self.by_chain.items() if code in known}


def situations_in(workspace: Workspace) -> SituationsOfFirm | None:
    """The situations of the chains a firm hands in; None where the agreement says nothing about single chains."""
    rules = chain_rules_of(workspace.agreement.slug)
    if rules is None:
        return None
    chains, belongs = counted_in(workspace), _in_eea_on(workspace.year.ends_on)
    found = situations_of(chains, rules, belongs)
    groups = {one.code: one for one in workspace.definition.groups}
    strictest = groups.get(found.strictest)
    return SituationsOfFirm(
        rules=rules,
        found=found,
        groups=[(groups[code], number) for code, number in found.numbers if code in groups],
        strictest=strictest,
        registered=groups.get(workspace.group),
        differs=strictest is not None and strictest.code != workspace.group,
        by_chain={one.pk: situation_of(one, rules, belongs) for one in chains},
        fee=_fee_of(workspace, rules),
    )


def _in_eea_on(day: date) -> Callable[[str], bool]:
    """Whether a country belongs to the European Economic Area on a day; the same country is asked once."""
    known: dict[str, bool] = {}

    def belongs(country: str) -> bool:
        if country not in known:
            known[country] = in_eea(country, day)
        return known[country]

    return belongs


def _fee_of(workspace: Workspace, rules: ChainRulesFile) -> Fee | None:
    if rules.counting is None or not rules.counting.extra_fee:
        return None
    term = next((one for one in workspace.definition.terms if one.code == workspace.year.term_code), None)
    fees = term.fees if term else ()
    return next((one for one in fees if one.code == rules.counting.extra_fee), None)
