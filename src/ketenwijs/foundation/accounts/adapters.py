"""How the sign-in library behaves here: no open sign-up, mail through our outbox, second-factor secrets encrypted."""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from ketenwijs.foundation.mail.services import queue


class AccountAdapter(DefaultAccountAdapter):
    """Accounts exist by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render as the library does, then leave sending to the outbox."""
        message = self.render_mail(template_prefix, email, context)
        queue(to=email, subject=" ".join(message.subject.split()), body=message.body)

    def format_email_subject(self, subject: str) -> str:
        """No site name in front of subjects."""
        return subject


def _vault() -> Fernet:
    key = hashlib.sha256(b"ketenwijs-second-factor\n" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of second factors lie encrypted in the database."""

    def encrypt(self, text: str) -> str:
        """Encrypt with a key made from the installation's secret."""
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return _vault().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """How the passkey dialogue names us: the host of our own address, never a header of the request."""
        return {"id": urlsplit(settings.PUBLIC_ADDRESS).hostname or "localhost", "name": "Ketenwijs"}

    def _get_site_name(self) -> str:
        return "Ketenwijs"

