"""`ketenwijs send-mail`: send what waits now, for an operator who does not want to wait for the minute."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from ketenwijs.foundation.mail.services import send_due


class Command(BaseCommand):
    """Sends waiting messages once."""

    help = "Send the messages that wait in the outbox."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many went out."""
        self.stdout.write(f"{send_due()} sent")
