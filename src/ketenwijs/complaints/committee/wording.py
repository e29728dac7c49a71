"""What signed-in members and visitors of the register read for what can be handed over."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ITEM_NAMES: dict[str, str | Promise] = {
    "told": _("what the person told first"),
    "messages": _("the messages between the person and the committee"),
    "files": _("the person’s files"),
}
