"""What browsers send and get: JSON with sealed parts as base64. A field nobody knows is refused, plain text too."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Annotated, Any, TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from ketenwijs.complaints.cases.models import Case
from ketenwijs.complaints.cases.selectors import envelopes_of
from ketenwijs.complaints.cases.services.opening import SealedCase, SealedHolder, SealedThread
from ketenwijs.complaints.sealing.envelopes import looks_sealed
from ketenwijs.complaints.sealing.payloads import THREAD_NAME
from ketenwijs.foundation.ui.errors import DomainError


def _sealed(text: Any) -> bytes:
    try:
        data = base64.b64decode(str(text), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("not base64") from error
    if not looks_sealed(data):
        raise ValueError("not sealed")
    return data


Sealed = Annotated[bytes, BeforeValidator(_sealed)]
ThreadName = Annotated[str, Field(pattern=THREAD_NAME)]
Hex32 = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Shape = TypeVar("Shape", bound=BaseModel)


class Sent(BaseModel):
    """Nothing unknown."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SentHolder(Sent):
    """Whoever has the receipt."""

    locator: Hex32
    proof: str = Field(pattern=r"^[0-9a-f]{64}$")
    recipient: str = Field(max_length=80)
    signing: str = Field(max_length=100)
    signing_sealed: Sealed

    def kept(self) -> SealedHolder:
        """As the services take it."""
        return SealedHolder(self.locator, self.proof, self.recipient, self.signing, self.signing_sealed)


class SentThread(Sent):
    """A new thread key."""

    recipient: str = Field(max_length=80)
    wraps: dict[str, Sealed]
    for_holder: Sealed | None = None
    for_recovery: Sealed | None = None
    first: Sealed | None = None
    sequence: int = 0

    def kept(self) -> SealedThread:
        """As the services take it."""
        sealed = (self.for_holder or b"", self.for_recovery or b"", self.first or b"")
        return SealedThread(self.recipient, self.wraps, *sealed, self.sequence)


class SentCase(Sent):
    """A whole new case."""

    identifier: Hex32
    holder: SentHolder
    intake: SentThread
    internal: SentThread
    first: Sealed
    once: Hex32
    without_chair: bool = False

    def kept(self) -> SealedCase:
        """As the services take it."""
        return SealedCase(
            self.identifier,
            self.holder.kept(),
            self.intake.kept(),
            self.internal.kept(),
            self.first,
            self.once,
            self.without_chair,
        )


def read(request: HttpRequest, shape: type[Shape]) -> Shape:
    """The body in a shape. Raises DomainError for anything else, without repeating what was sent."""
    try:
        data = json.loads(request.body)
    except ValueError:
        data = None
    return shaped(data, shape)


def shaped(data: Any, shape: type[Shape]) -> Shape:
    """Plain data in a shape. Raises DomainError for anything else, without repeating what was sent."""
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        sentence = _("What was sent is not sealed as it must be, so nothing was kept. Reload the page.")
        raise DomainError(sentence) from error


def parts_of(request: HttpRequest) -> dict[str, bytes]:
    """The bytes of each uploaded part by its name."""
    return {name: request.FILES[name].read() for name in request.FILES}  # type: ignore[union-attr]


def plain(data: bytes) -> str:
    """Sealed bytes for the way out."""
    return base64.b64encode(data).decode()


def rows(case: Case, name: str) -> list[dict[str, Any]]:
    """The envelopes of one thread."""
    return [
        {"sequence": one.sequence, "epoch": one.epoch, "sealed": plain(one.sealed)} for one in envelopes_of(case, name)
    ]
