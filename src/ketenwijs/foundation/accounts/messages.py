"""Mail about accounts: invitation, forgotten password, and notices that sign-in was changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse

from ketenwijs.foundation.accounts.models import Invitation, Person
from ketenwijs.foundation.mail.messages import render_message
from ketenwijs.foundation.mail.services import queue


def send(name: str, email: str, language: str, context: Mapping[str, Any]) -> None:
    """Queue the message of one template of this app."""
    subject, body = render_message(f"accounts/mail/{name}.txt", context, language)
    queue(to=email, subject=subject, body=body)


def invited(invitation: Invitation, token: str, days: int) -> None:
    """The link to accept; the token stands nowhere else."""
    page = settings.PUBLIC_ADDRESS + reverse("accounts:invitation", args=[token])
    send("invitation", invitation.email, invitation.language, {"name": invitation.name, "page": page, "days": days})


def security_changed(person: Person, what: str) -> None:
    """A notice of a change of password or second factor; `what` is the sign-in library's name for it."""
    page = settings.PUBLIC_ADDRESS + reverse("account_reset_password")
    send("security_changed", person.email, person.language, {"person": person, "what": what, "page": page})
