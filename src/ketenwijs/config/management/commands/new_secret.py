"""Print a secret key for the production settings."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.core.management.utils import get_random_secret_key


class Command(BaseCommand):
    """`ketenwijs new-secret`"""

    help = "Print a new random SECRET_KEY."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it; nothing is stored."""
        self.stdout.write(get_random_secret_key() + get_random_secret_key()[:14])
