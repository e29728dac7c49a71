"""Inviting people and accepting invitations."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Protocol

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.foundation.accounts import events
from ketenwijs.foundation.accounts.models import Invitation, Person
from ketenwijs.foundation.mail.messages import render_message
from ketenwijs.foundation.mail.services import queue
from ketenwijs.foundation.ui.errors import DomainError

VALID_FOR = timedelta(days=7)


class Actor(Protocol):
    """Who invites: accounts know only the person."""

    @property
    def person(self) -> Person | None:
        """The signed-in person, if any."""


def hash_of(token: str) -> str:
    """How a token is stored: 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    *, actor: Actor, email: str, name: str, role: str, scope_kind: str, scope_key: str, language: str = "nl"
) -> tuple[Invitation, str]:
    """Invite one address to one role within one scope and send the link. The calling app has checked the right.

    An invitation still open for the same address, role and scope is withdrawn first. Returns invitation and token; the
    token is nowhere stored.
    """
    address = email.strip().lower()
    Invitation.objects.filter(
        email=address, role=role, scope_kind=scope_kind, scope_key=scope_key, accepted_at=None, revoked_at=None
    ).update(revoked_at=timezone.now())
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=address,
        name=name.strip(),
        role=role,
        scope_kind=scope_kind,
        scope_key=scope_key,
        language=language,
        token_hash=hash_of(token),
        invited_by=actor.person,
        expires_at=timezone.now() + VALID_FOR,
    )
    address_of_page = settings.PUBLIC_ADDRESS + reverse("accounts:invitation", args=[token])
    context = {"name": name, "page": address_of_page, "days": VALID_FOR.days}
    subject, body = render_message("accounts/mail/invitation.txt", context, language)
    queue(to=address, subject=subject, body=body)
    return invitation, token


@transaction.atomic
def revoke(*, actor: Actor, invitation: Invitation) -> None:
    """Withdraw an invitation that was not accepted; the calling app has checked the right."""
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(revoked_at=timezone.now())


def open_invitation(token: str) -> Invitation | None:
    """The invitation of a token while it can be accepted."""
    found = Invitation.objects.filter(token_hash=hash_of(token), accepted_at=None, revoked_at=None).first()
    return found if found and found.expires_at > timezone.now() else None


@transaction.atomic
def accept(*, token: str, name: str, password: str) -> Person:
    """Accept as a new person: sets name and password and announces it, so that the role is given in the same transaction.

    Refuses used, withdrawn and expired tokens, addresses that have an account already (sign in first), weak passwords.
    """
    invitation = _locked(token)
    if Person.objects.filter(email=invitation.email).exists():
        raise DomainError(_("You have an account already. Sign in first and open the link again."))
    person = Person(email=invitation.email, name=name.strip(), language=invitation.language)
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise DomainError(_("Choose another password."), fields={"password": " ".join(error.messages)}) from error
    person.set_password(password)
    person.save()
    return _accepted(invitation, person)


@transaction.atomic
def accept_as(*, token: str, person: Person) -> Person:
    """Accept as somebody who is signed in; only the invited address may (security case 64)."""
    invitation = _locked(token)
    if invitation.email != person.email:
        raise DomainError(_("This invitation is for another address. Ask the sender for one to your own address."))
    return _accepted(invitation, person)


def _locked(token: str) -> Invitation:
    invitation = Invitation.objects.select_for_update().filter(token_hash=hash_of(token)).first()
    gone = invitation is None or invitation.accepted_at or invitation.revoked_at
    if gone or invitation is None or invitation.expires_at <= timezone.now():
        raise DomainError(_("This invitation is used or has expired. Ask the sender for a new one."))
    return invitation


def _accepted(invitation: Invitation, person: Person) -> Person:
    invitation.accepted_at, invitation.accepted_by = timezone.now(), person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    events.invitation_accepted.send(Invitation, invitation=invitation, person=person)
    return person
