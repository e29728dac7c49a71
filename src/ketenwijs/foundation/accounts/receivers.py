"""Listens to the sign-in library: language at sign-in, the end of other sessions, announcements for the journal."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from ketenwijs.foundation.accounts import events
from ketenwijs.foundation.accounts.browser import mark_of
from ketenwijs.foundation.accounts.middleware import SEEN, STARTED
from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.accounts.services import end_sessions


@receiver(user_logged_in)
def begin_session(sender: object, request: HttpRequest, user: Person, **_words: Any) -> None:
    """The session's time starts now, pages follow the person's language."""
    request.session[STARTED] = request.session[SEEN] = time.time()
    request.language_of_person = user.language  # type: ignore[attr-defined]
    events.signed_in.send(Person, person=user)


@receiver(user_login_failed)
def announce_failure(sender: object, credentials: dict[str, Any], **_words: Any) -> None:
    """Tell the apps above which address was tried, by its mark only."""
    events.sign_in_failed.send(Person, mark=mark_of(str(credentials.get("email", ""))))


@receiver(mfa.authenticator_added)
def factor_added(sender: object, request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    """A second factor was added."""
    _second_factor_changed(request, user, authenticator, "added")


@receiver(mfa.authenticator_removed)
def factor_removed(sender: object, request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    """A second factor was removed."""
    _second_factor_changed(request, user, authenticator, "removed")


@receiver(mfa.authenticator_reset)
def factor_reset(sender: object, request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    """Recovery codes were made anew."""
    _second_factor_changed(request, user, authenticator, "reset")


def _second_factor_changed(request: HttpRequest, person: Person, authenticator: Authenticator, what: str) -> None:
    end_sessions(person=person, but=request.session.session_key)
    events.second_factor_changed.send(Person, person=person, what=f"{authenticator.type} {what}")


@receiver(account.password_changed)
def password_changed(sender: object, user: Person, **_words: Any) -> None:
    """The person changed the password; other sessions end because they are bound to it."""
    events.password_changed.send(Person, person=user, how="changed")


@receiver(account.password_set)
def password_set(sender: object, user: Person, **_words: Any) -> None:
    """The person set a first password."""
    events.password_changed.send(Person, person=user, how="set")


@receiver(account.password_reset)
def password_reset(sender: object, request: HttpRequest, user: Person, **_words: Any) -> None:
    """The person came with the link of the mail: this browser is theirs, whatever strangers try elsewhere."""
    request.reset_password_of = [user.email]  # type: ignore[attr-defined]
    events.password_changed.send(Person, person=user, how="reset")
