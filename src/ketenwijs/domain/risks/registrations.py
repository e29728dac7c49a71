"""What this app hands to the foundation and to the yearly report."""

from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.parts import register_part
from ketenwijs.domain.risks.part import PART
from ketenwijs.domain.risks.sources import TABLES
from ketenwijs.foundation.access.rights import Right, register_rights
from ketenwijs.foundation.content.tables import register_table
from ketenwijs.foundation.journal.events import EventType, register_events

register_rights(
    Right("risks.weigh", _("Weigh the risks of the own company")),
    Right("risks.read_members", _("Read risks of members")),
)
register_events(
    EventType("risks.risk.weighed", _("A risk was weighed")),
    EventType("risks.risk.carried_over", _("Weighings of an earlier year came along")),
    EventType("risks.risk.confirmed", _("Weighings of an earlier year were confirmed")),
    EventType("risks.exception.weighed", _("An exception for a chain was weighed")),
    EventType("risks.exception.removed", _("An exception for a chain was removed")),
)
register_part(PART)
for table in TABLES:
    register_table(table)
