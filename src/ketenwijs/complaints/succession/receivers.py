"""What the page of a case tells its holder: who could go on with it, or who does."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from ketenwijs.complaints.cases.models import Holder
from ketenwijs.complaints.intake import events
from ketenwijs.complaints.intake.events import Notice
from ketenwijs.complaints.intake.phrases import Sheet
from ketenwijs.complaints.succession.notices import notice_for


@receiver(events.case_shown)
def tell(sender: object, holder: Holder, sheet: Sheet | None, **_words: Any) -> Notice | None:
    """Above the messages."""
    return notice_for(holder, sheet)
