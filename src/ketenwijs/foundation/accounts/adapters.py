"""How the sign-in library behaves here: no open sign-up, mail through our outbox, second-factor secrets encrypted."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import quote, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from ketenwijs.foundation.accounts import browser, messages
from ketenwijs.foundation.accounts.models import Person


class AccountAdapter(DefaultAccountAdapter):
    """Accounts exist by invitation only; a stranger can neither lock somebody out nor steer a link in a mail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Slow down guessing: per browser or address (see below), and per account over all unknown browsers together.

        The common allowance is wide enough that one address cannot use it up; when many do, the person still signs in
        from their own browser, or from a new one after a password reset by mail.
        """
        super().pre_authenticate(request, **credentials)
        email = _address_in(credentials)
        if browser.is_known_for(request, email):
            return
        if not ratelimit.consume(request, action="login_failed_account", key=email):
            raise self.validation_error("too_many_login_attempts")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """What the library counts failures by: the person's own browser, else network address and account together."""
        email = _address_in(credentials)
        source = "own browser" if browser.is_known_for(request, email) else self.get_client_ip(request)
        return f"{source} {email}"

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Always on the configured address, never on the host a request claims (security case 66)."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.PUBLIC_ADDRESS + path.replace("UID-KEY", quote(key))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The library's messages in our words, through the outbox."""
        person = context.get("user")
        language = person.language if isinstance(person, Person) else get_language() or settings.LANGUAGE_CODE
        name = template_prefix.rpartition("/")[2]
        messages.send(name, email, language, {"person": person, "page": context.get("password_reset_url", "")})

    def send_notification_mail(
        self, template_prefix: str, user: Person, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell a person that something about their sign-in was changed, so that they notice when it was not them."""
        messages.security_changed(user, template_prefix.rpartition("/")[2])


def _address_in(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email", "")).strip().lower()


def _vault() -> MultiFernet:
    """Encrypts with a key made from the installation's secret; older secrets still read, so that it can be renewed."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key_from(secret)) for secret in secrets])


def _key_from(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"ketenwijs second factor").derive(secret.encode())
    return base64.urlsafe_b64encode(derived)


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
