"""Check codes: a reader of a printed extract can ask whether we really said this, on that day."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import date

from django.conf import settings

LENGTH = 12


def check_code(statement: str, day: date) -> str:
    """Twelve characters in three groups that only this installation can make for a statement and a day."""
    key = hashlib.sha256(b"ketenwijs-check-code\n" + settings.SECRET_KEY.encode()).digest()
    digest = hmac.new(key, f"{day.isoformat()}\n{statement}".encode(), hashlib.sha256).digest()
    text = base64.b32encode(digest).decode()[:LENGTH]
    return "-".join(text[place : place + 4] for place in range(0, LENGTH, 4))


def is_right(code: str, statement: str, day: date) -> bool:
    """Whether a code belongs to a statement and a day; spaces, dashes and capitals do not matter."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hmac.compare_digest(plain, check_code(statement, day).replace("-", ""))
