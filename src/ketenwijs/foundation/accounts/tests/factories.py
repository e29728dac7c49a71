"""People, sign-ins and codes for tests."""

import re
import time
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.urls import reverse

from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.accounts.services import invite
from ketenwijs.foundation.mail.models import OutgoingMessage

PASSWORD = "four words in a row"
NEW_PASSWORD = "another long sentence"


@dataclass
class Inviter:
    """Whoever invites."""

    person: Person | None = None
    reference: str = "system:test"


def person(email="ben@example.org", name="Ben Example", **fields):
    return Person.objects.create_user(email, PASSWORD, name=name, **fields)


def invited(email="new@example.org", **fields):
    """An invitation and its token."""
    words = {"name": "New Person", "role": "company_user", "scope_kind": "organisation", "scope_key": "1"}
    return invite(actor=Inviter(), email=email, **{**words, **fields})


def sign_in(client, email="anna@example.org", password=PASSWORD, next_page="", **extra):
    data = {"login": email, "password": password, "next": next_page}
    return client.post(reverse("account_login"), data, **extra)


def with_app(owner):
    """Give the person a code app; returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(owner, secret)
    RecoveryCodes.activate(owner)
    return secret


def code_of(secret, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def recovery_code_of(owner):
    return Authenticator.objects.get(user=owner, type="recovery_codes").wrap().get_unused_codes()[0]


def last_message():
    return OutgoingMessage.objects.latest("pk")


def link_in_last_message():
    return re.search(r"https?://[^/\s]+(\S*)", last_message().body)


def is_signed_in(client):
    return client.get("/desk/").status_code == 200
