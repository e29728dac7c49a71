"""How much of a firm's purchase has a known factory and a known quarry: numerator, denominator and
what has no figure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ketenwijs.domain.chains.rules.mapped import FACTORY, QUARRY, MappedChain


@dataclass(frozen=True)
class Share:
    """A part of a whole. `total` counts only chains with a figure.

    `without_figure` says how many chains have none.
    """

    known: Decimal
    total: Decimal
    without_figure: int = 0

    @property
    def unknown(self) -> Decimal:
        """What is left of the whole."""
        return self.total - self.known

    @property
    def percentage(self) -> int | None:
        """Whole per cents, rounded down as everywhere a threshold may stand; None where there is nothing to divide by."""
        if self.total <= 0:
            return None
        return int(self.known * 100 // self.total)


@dataclass(frozen=True)
class SiteCoverage:
    """Coverage of one kind of place by number of chains, by tonnes and by purchase value in euros."""

    number: Share
    tonnes: Share
    value: Share


@dataclass(frozen=True)
class Coverage:
    """Coverage of suppliers, factories and quarries, and of the other places on the way in the chains that have any.

    `partly_without_tonnes` counts chains of which some rows gave no tonnes.
    """

    chains: int
    factories: SiteCoverage
    quarries: SiteCoverage
    deeper: SiteCoverage
    suppliers: SiteCoverage
    partly_without_tonnes: int = 0


def coverage_of(chains: Sequence[MappedChain]) -> Coverage:
    """The coverage of a list of chains.

    Chains without a figure are left out of that figure's whole and counted apart.
    """
    return Coverage(
        chains=len(chains),
        factories=_coverage([(chain, chain.knows(FACTORY)) for chain in chains]),
        quarries=_coverage([(chain, chain.knows(QUARRY)) for chain in chains]),
        deeper=_coverage([(chain, all(step.known for step in chain.deeper)) for chain in chains if chain.deeper]),
        suppliers=_coverage([(chain, chain.knows_supplier) for chain in chains]),
        partly_without_tonnes=sum(1 for chain in chains if chain.tonnes is not None and chain.rows_without_tonnes),
    )


def _coverage(chains: Sequence[tuple[MappedChain, bool]]) -> SiteCoverage:
    return SiteCoverage(
        number=_share([(Decimal(1), known) for _chain, known in chains]),
        tonnes=_share([(chain.tonnes, known) for chain, known in chains]),
        value=_share([(chain.value_eur, known) for chain, known in chains]),
    )


def _share(parts: Sequence[tuple[Decimal | None, bool]]) -> Share:
    known = sum((amount for amount, is_known in parts if amount is not None and is_known), Decimal(0))
    total = sum((amount for amount, _ in parts if amount is not None), Decimal(0))
    return Share(known, total, sum(1 for amount, _ in parts if amount is None))


def worth_opening(chains: Sequence[MappedChain], most: int = 3) -> list[MappedChain]:
    """The chains whose unknown places weigh most: first by tonnes, then by how much of the way is unknown.

    Chains without a weight come last, because nobody can say what they matter.
    """
    unknown = [one for one in chains if not (one.knows(FACTORY) and one.knows(QUARRY))]
    return sorted(
        unknown,
        key=lambda one: (
            one.tonnes is None,
            -(one.tonnes or Decimal(0)),
            one.knows(FACTORY) + one.knows(QUARRY),
            one.supplier.casefold(),
            one.pk,
        ),
    )[:most]


@dataclass(frozen=True)
class CoverageOf:
    """Coverage of one group of chains, with its code and how many firms stand behind it."""

    code: str
    firms: int
    coverage: Coverage


def coverage_by(chains: Sequence[MappedChain], code_of: Callable[[MappedChain], str]) -> list[CoverageOf]:
    """Coverage per group, the largest number of chains first."""
    groups: dict[str, list[MappedChain]] = {}
    for chain in chains:
        groups.setdefault(code_of(chain), []).append(chain)
    found = [
        CoverageOf(code, len({one.organisation for one in members}), coverage_of(members))
        for code, members in groups.items()
    ]
    return sorted(found, key=lambda one: (-one.coverage.chains, one.code))
