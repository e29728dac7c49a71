"""What this app hands to the foundation: rights, journal events, content kind, public copies and menu."""

from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.awareness import policies, publications
from ketenwijs.domain.awareness.definitions import AnnouncementsFile
from ketenwijs.foundation.access.rights import Right, register_rights
from ketenwijs.foundation.content.kinds import ContentKind, register_kind
from ketenwijs.foundation.journal.events import EventType, register_events
from ketenwijs.foundation.ui.navigation import MenuItem, register_menu

register_rights(
    Right(policies.WRITE, _("Keep the register of where the own company announced the complaints route")),
    Right(policies.READ_MEMBERS, _("Read where members announced the complaints route")),
    Right(policies.RELEASE, _("Publish numbers about how well the complaints route is known")),
)
register_events(
    EventType("awareness.announcement.added", _("An announcement of the complaints route was added")),
    EventType("awareness.announcement.changed", _("An announcement of the complaints route was changed")),
    EventType("awareness.announcement.removed", _("An announcement of the complaints route was removed")),
    EventType("awareness.mention.saved", _("A company said whether its code and website name the complaints route")),
    EventType("awareness.numbers.published", _("Numbers about the complaints route were published")),
    EventType("awareness.release.taken", _("A copy of the complaints register was taken in")),
)
register_kind(ContentKind("announcements", "reference/announcements.yaml", AnnouncementsFile, is_edition=False))
publications.register()
register_menu(
    MenuItem(
        _("Complaints route"),
        "awareness:home",
        lambda viewer: viewer.holds(policies.WRITE) or viewer.holds(policies.READ_MEMBERS),
        order=65,
    )
)
