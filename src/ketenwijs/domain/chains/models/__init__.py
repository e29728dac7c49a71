"""A firm's own chains; the secretariat's register of locations; joint action by mutual consent."""

from ketenwijs.domain.chains.models.areas import AreaName
from ketenwijs.domain.chains.models.chains import (
    Chain,
    ClosedYear,
    ColumnChoice,
    IntakeBatch,
    LeftOut,
    Link,
    Site,
    Supplier,
)
from ketenwijs.domain.chains.models.locations import SharedSite, SharedSiteChange, SharedSiteIdentifier, SiteMatch
from ketenwijs.domain.chains.models.own_sites import PeopleGroup, SiteNumber, SitesApart
from ketenwijs.domain.chains.models.together import JointInvitation, JointReply, OpenToActing

__all__ = [
    "AreaName",
    "Chain",
    "ClosedYear",
    "ColumnChoice",
    "IntakeBatch",
    "JointInvitation",
    "JointReply",
    "LeftOut",
    "Link",
    "OpenToActing",
    "PeopleGroup",
    "SharedSite",
    "SharedSiteChange",
    "SharedSiteIdentifier",
    "Site",
    "SiteMatch",
    "SiteNumber",
    "SitesApart",
    "Supplier",
]
