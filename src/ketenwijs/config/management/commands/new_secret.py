"""Print a secret key for the production settings."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """`ketenwijs new-secret`"""

    help = "Print a new random SECRET_KEY."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it; nothing is stored. Only characters that a shell and an environment file leave as they are."""
        self.stdout.write(secrets.token_urlsafe(64))
