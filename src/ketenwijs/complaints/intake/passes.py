"""The pass: one encrypted cookie for fifteen idle minutes, so that the number need not be typed on every page.

It ends with the browser, says nothing to who finds it, and carries the key that our own forms show back.
"""

from __future__ import annotations

import base64
import hmac
import json
from dataclasses import asdict, dataclass
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse

IDLE_SECONDS = 15 * 60
FORM_SECONDS = 12 * 60 * 60
"""How long somebody may write: the open form carries its own pass, of a number behind which there is no case yet."""


@dataclass(frozen=True)
class Pass:
    """What one browser carries: before sending the receipt, afterwards what it became. `nonce` marks one form; `sent`:
    this browser has just told something, so that going back shows that, and no second number."""

    receipt: str = ""
    confirmed: bool = False
    stretched: str = ""
    nonce: str = ""
    sent: bool = False

    @property
    def secret(self) -> bytes:
        """What the receipt became."""
        return bytes.fromhex(self.stretched)


def cookie_name() -> str:
    """Bound to our host where cookies travel over https only; a neutral name everywhere."""
    return "__Host-p" if settings.SESSION_COOKIE_SECURE else "p"


def read(request: HttpRequest) -> Pass | None:
    """The pass of this browser, None when there is none or it is too old."""
    return _opened(request.COOKIES.get(cookie_name(), ""), IDLE_SECONDS)


def read_form(request: HttpRequest) -> Pass | None:
    """The pass that an open form carried while somebody wrote longer than the pass of the browser lasts."""
    found = _opened(request.POST.get("pass", ""), FORM_SECONDS)
    return found if found and not found.stretched else None


def sealed(one: Pass) -> str:
    """A pass as it travels: only we can read it."""
    return _vault().encrypt(json.dumps(asdict(one)).encode()).decode()


def give(response: HttpResponse, one: Pass) -> None:
    """Give the browser the pass, and fifteen minutes more."""
    response.set_cookie(
        cookie_name(),
        sealed(one),
        httponly=True,
        samesite="Strict",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )


def take(response: HttpResponse) -> None:
    """Take it away."""
    response.delete_cookie(cookie_name(), samesite="Strict")


def form_key(one: Pass) -> str:
    """What a form of ours shows back: no other site can know it."""
    return hmac.new(_key(b"form"), (one.nonce + one.receipt + one.stretched).encode(), sha256).hexdigest()[:32]


def is_own_form(request: HttpRequest, one: Pass) -> bool:
    """Whether the form that was sent is one we gave to this browser."""
    return hmac.compare_digest(request.POST.get("key", ""), form_key(one))


def _opened(sealed_pass: str, seconds: int) -> Pass | None:
    try:
        return Pass(**json.loads(_vault().decrypt(sealed_pass.encode(), ttl=seconds)))
    except (InvalidToken, ValueError, TypeError):
        return None


def _vault() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(b"pass")))


def _key(use: bytes) -> bytes:
    secret = settings.SECRET_KEY.encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"complaints intake " + use).derive(secret)
