"""Every read of chains, limited to what the viewer may see."""

from ketenwijs.domain.chains.selectors.areas import AreasPreview, areas_preview, terms_of
from ketenwijs.domain.chains.selectors.batches import Sheet, batch_in, batches_in, sheet_of
from ketenwijs.domain.chains.selectors.chains import (
    chain_in,
    chains_in,
    combinations_in,
    counted_in,
    coverage_in,
    is_closed,
    names_of,
    stored_chains,
    year_to_carry,
)
from ketenwijs.domain.chains.selectors.coverage import (
    CoverageOfYear,
    MembersChains,
    chains_of_members,
    coverage_over_years,
)

__all__ = [
    "CoverageOfYear",
    "MembersChains",
    "AreasPreview",
    "Sheet",
    "areas_preview",
    "batch_in",
    "batches_in",
    "chain_in",
    "chains_in",
    "chains_of_members",
    "combinations_in",
    "counted_in",
    "coverage_in",
    "coverage_over_years",
    "is_closed",
    "names_of",
    "sheet_of",
    "stored_chains",
    "terms_of",
    "year_to_carry",
]
