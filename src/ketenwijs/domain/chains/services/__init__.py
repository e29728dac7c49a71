"""Every write of chains: by hand, from sheets, from last year, and the release of quarry areas."""

from ketenwijs.domain.chains.services.areas import publish_areas
from ketenwijs.domain.chains.services.batches import (
    correct_columns,
    correct_row,
    drop_sheet,
    leave_row_out,
    restore_row,
    take_in_sheet,
)
from ketenwijs.domain.chains.services.chains import (
    ChainValues,
    SiteValues,
    add_chain,
    change_chain,
    remove_chains,
)
from ketenwijs.domain.chains.services.confirming import ADD, REPLACE, confirm_sheet
from ketenwijs.domain.chains.services.years import carry_over, close_year, confirm_all, count_for, reopen_year

__all__ = [
    "ADD",
    "REPLACE",
    "ChainValues",
    "SiteValues",
    "add_chain",
    "carry_over",
    "change_chain",
    "close_year",
    "confirm_all",
    "confirm_sheet",
    "correct_columns",
    "correct_row",
    "count_for",
    "drop_sheet",
    "leave_row_out",
    "publish_areas",
    "remove_chains",
    "reopen_year",
    "restore_row",
    "take_in_sheet",
]
