"""Listens to the sign-in library: language and mark of the person at sign-in, announcements for the journal."""

from __future__ import annotations

from typing import Any

from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver

from ketenwijs.foundation.accounts import events
from ketenwijs.foundation.accounts.models import Person


@receiver(user_logged_in)
def announce_sign_in(sender: object, request: Any, user: Person, **_words: Any) -> None:
    """Tell the apps above."""
    events.signed_in.send(Person, person=user)


@receiver(user_login_failed)
def announce_failure(sender: object, **_words: Any) -> None:
    """Tell the apps above, without saying whom it was about."""
    events.sign_in_failed.send(Person)


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def announce_second_factor(sender: object, user: Person, **_words: Any) -> None:
    """Tell the apps above that a second factor was added or removed."""
    events.second_factor_changed.send(Person, person=user)
