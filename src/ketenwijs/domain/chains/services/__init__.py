"""Every write of chains: by hand, from sheets, from last year, the release of quarry areas, the register of locations."""

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
    FurtherValues,
    SiteValues,
    add_chain,
    change_chain,
    remove_chains,
)
from ketenwijs.domain.chains.services.confirming import ADD, REPLACE, confirm_sheet
from ketenwijs.domain.chains.services.locations import (
    LocationValues,
    add_number,
    change_location,
    close_location,
    merge_locations,
    move_location,
    reopen_location,
    split_location,
    undo_merge,
)
from ketenwijs.domain.chains.services.matching import (
    accept_proposals,
    match_site,
    refuse_match,
    register_sites,
    undo_decision,
)
from ketenwijs.domain.chains.services.own_sites import (
    PeopleValues,
    describe_site,
    drop_number,
    drop_people,
    keep_apart,
    keep_number,
    keep_people,
    merge_sites,
    undo_merge_of_sites,
)
from ketenwijs.domain.chains.services.production import publish_locations
from ketenwijs.domain.chains.services.together import (
    answer_invitation,
    end_invitation,
    propose_joint_action,
    withdraw_openness,
)
from ketenwijs.domain.chains.services.years import carry_over, close_year, confirm_all, count_for, reopen_year

__all__ = [
    "undo_merge_of_sites",
    "merge_sites",
    "keep_people",
    "keep_number",
    "keep_apart",
    "drop_people",
    "drop_number",
    "describe_site",
    "PeopleValues",
    "ADD",
    "REPLACE",
    "ChainValues",
    "FurtherValues",
    "LocationValues",
    "SiteValues",
    "accept_proposals",
    "add_chain",
    "add_number",
    "answer_invitation",
    "carry_over",
    "change_chain",
    "change_location",
    "close_location",
    "close_year",
    "confirm_all",
    "confirm_sheet",
    "correct_columns",
    "correct_row",
    "count_for",
    "drop_sheet",
    "end_invitation",
    "leave_row_out",
    "match_site",
    "merge_locations",
    "move_location",
    "propose_joint_action",
    "publish_areas",
    "publish_locations",
    "refuse_match",
    "register_sites",
    "remove_chains",
    "reopen_location",
    "reopen_year",
    "restore_row",
    "split_location",
    "take_in_sheet",
    "undo_decision",
    "undo_merge",
    "withdraw_openness",
]
