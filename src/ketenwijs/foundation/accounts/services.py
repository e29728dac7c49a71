"""Inviting people, accepting invitations, ending sessions and accounts."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Protocol

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketenwijs.foundation.accounts import events, messages
from ketenwijs.foundation.accounts.models import Invitation, Person
from ketenwijs.foundation.ui.errors import DomainError

VALID_FOR = timedelta(days=7)
KEPT_FOR = timedelta(days=30)
"""How long used, withdrawn and expired invitations are kept (security.md 10)."""
GONE = _("This invitation is used or has expired. Ask the sender for a new one.")
SIGN_IN_FIRST = _("You have an account already. Sign in first and open the link again.")


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

    An invitation still open for the same address, role and scope is withdrawn first, so inviting again re-issues it.
    Returns invitation and token; the token is nowhere stored. Refuses what is not one e-mail address.
    """
    address = _one_address(email)
    Invitation.objects.filter(
        email=address, role=role, scope_kind=scope_kind, scope_key=scope_key, accepted_at=None, revoked_at=None
    ).update(revoked_at=timezone.now())
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=address,
        name=_one_line(name),
        role=role,
        scope_kind=scope_kind,
        scope_key=scope_key,
        language=language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
        token_hash=hash_of(token),
        invited_by=actor.person,
        expires_at=timezone.now() + VALID_FOR,
    )
    messages.invited(invitation, token, VALID_FOR.days)
    return invitation, token


@transaction.atomic
def revoke(*, actor: Actor, invitation: Invitation) -> bool:
    """Withdraw an invitation; the calling app has checked the right. False when it was accepted or withdrawn already."""
    still_open = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    return bool(still_open.update(revoked_at=timezone.now()))


def open_invitation(token: str) -> Invitation | None:
    """The invitation of a token while it can be accepted."""
    found = Invitation.objects.filter(token_hash=hash_of(token), accepted_at=None, revoked_at=None).first()
    return found if found and found.expires_at > timezone.now() else None


@transaction.atomic
def accept(*, token: str, name: str, password: str) -> Person:
    """Accept as a new person: sets name and password; announced, so that the role is given in the same transaction.

    Refuses used, withdrawn and expired tokens, addresses that have an account already (sign in first), weak passwords.
    """
    invitation = _locked(token)
    if Person.objects.filter(email=invitation.email).exists():
        raise DomainError(SIGN_IN_FIRST)
    person = Person(email=invitation.email, name=_one_line(name), language=invitation.language)
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise DomainError(_("Choose another password."), fields={"password": " ".join(error.messages)}) from error
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:  # somebody accepted another invitation of the same address at the same moment
        raise DomainError(SIGN_IN_FIRST) from error
    return _accepted(invitation, person)


@transaction.atomic
def accept_as(*, token: str, person: Person) -> Person:
    """Accept as somebody who is signed in; only the invited address may (security case 64)."""
    invitation = _locked(token)
    if invitation.email != person.email:
        raise DomainError(_("This invitation is for another address. Ask the sender for one to your own address."))
    return _accepted(invitation, person)


def end_sessions(*, person: Person, but: str | None = None) -> int:
    """Sign the person out everywhere at once, except in the session with the key `but`. Returns how many ended.

    Walks over the sessions now open (at most half an hour old), which is rare and cheap enough to need no extra table.
    """
    now_open = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=but)
    theirs = [one.pk for one in now_open.iterator() if one.get_decoded().get(SESSION_KEY) == str(person.pk)]
    return Session.objects.filter(pk__in=theirs).delete()[0]


@transaction.atomic
def deactivate(*, actor: Actor, person: Person) -> None:
    """Close an account: the person is out at once and cannot sign in. The calling app has checked the right."""
    Person.objects.filter(pk=person.pk).update(is_active=False)
    end_sessions(person=person)


def forget_old_invitations() -> int:
    """Delete invitations that were used, withdrawn or expired thirty days ago. Returns how many."""
    before = timezone.now() - KEPT_FOR
    old = Q(accepted_at__lt=before) | Q(revoked_at__lt=before) | Q(expires_at__lt=before)
    return Invitation.objects.filter(old).delete()[0]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _one_address(text: str) -> str:
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise DomainError(_("This is not an e-mail address. Check it and send the invitation again.")) from error
    return address


def _locked(token: str) -> Invitation:
    invitation = Invitation.objects.select_for_update().filter(token_hash=hash_of(token)).first()
    gone = invitation is None or invitation.accepted_at or invitation.revoked_at
    if gone or invitation is None or invitation.expires_at <= timezone.now():
        raise DomainError(GONE)
    return invitation


def _accepted(invitation: Invitation, person: Person) -> Person:
    invitation.accepted_at, invitation.accepted_by = timezone.now(), person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    events.invitation_accepted.send(Invitation, invitation=invitation, person=person)
    return person
