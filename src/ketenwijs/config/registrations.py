"""Journal events of operating an installation, and content that the second program reads."""

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict

from ketenwijs.foundation.content.kinds import ContentKind, register_kind
from ketenwijs.foundation.journal.events import EventType, register_events

register_events(EventType("operations.backup.restored", _("A backup was restored")))


class OfComplaints(BaseModel):
    """A file of the complaints program, whose own command `complaints-check-content` knows its shape."""

    model_config = ConfigDict(extra="allow")

    version: str


register_kind(ContentKind("complaints", "complaints/*", OfComplaints, is_edition=False))
