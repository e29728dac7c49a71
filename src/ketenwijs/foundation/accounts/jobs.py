"""Periodic work of accounts: what has served its time is deleted (security.md 10)."""

from __future__ import annotations

from datetime import timedelta

from django.core.management import call_command

from ketenwijs.foundation.accounts.services import forget_old_invitations


def clear_sessions() -> None:
    """Delete sessions that have expired."""
    call_command("clearsessions")


PERIODIC = {
    "accounts.clear_sessions": (clear_sessions, timedelta(days=1)),
    "accounts.forget_old_invitations": (forget_old_invitations, timedelta(days=1)),
}
