"""Every write of this app: announcements, mentions, public numbers, and copies of the complaints body's register."""

from ketenwijs.domain.awareness.services.announcing import announce, change_announcement, remove_announcement
from ketenwijs.domain.awareness.services.mentioning import save_mention
from ketenwijs.domain.awareness.services.releasing import fingerprint, publish_numbers
from ketenwijs.domain.awareness.services.taking import take_release

__all__ = [
    "announce",
    "change_announcement",
    "fingerprint",
    "publish_numbers",
    "remove_announcement",
    "save_mention",
    "take_release",
]
