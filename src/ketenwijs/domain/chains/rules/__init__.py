"""Pure calculation over chains: grouping of rows, coverage, differences between lists, quarry areas."""

from ketenwijs.domain.chains.rules.areas import AreasOfCountry, AreaSource, AreaTerms, quarry_areas
from ketenwijs.domain.chains.rules.coverage import (
    Coverage,
    CoverageOf,
    Share,
    SiteCoverage,
    coverage_by,
    coverage_of,
    worth_opening,
)
from ketenwijs.domain.chains.rules.differences import Change, Difference, difference_between
from ketenwijs.domain.chains.rules.grouping import ProposedChain, PurchaseRow, grouped
from ketenwijs.domain.chains.rules.mapped import (
    FACTORY,
    QUARRY,
    MappedChain,
    Place,
    Step,
    combinations,
    key_of,
    may_take_along,
)

__all__ = [
    "FACTORY",
    "QUARRY",
    "AreaSource",
    "AreaTerms",
    "AreasOfCountry",
    "Change",
    "Coverage",
    "CoverageOf",
    "Difference",
    "MappedChain",
    "Place",
    "ProposedChain",
    "PurchaseRow",
    "Share",
    "SiteCoverage",
    "Step",
    "combinations",
    "coverage_by",
    "coverage_of",
    "difference_between",
    "grouped",
    "key_of",
    "may_take_along",
    "quarry_areas",
    "worth_opening",
]
