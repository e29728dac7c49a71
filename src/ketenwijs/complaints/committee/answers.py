"""Answers to the scripts of signed-in members: JSON with a sentence when a service refuses."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from pydantic import ValidationError

from ketenwijs.complaints.committee.selectors import Member
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

View = Callable[..., HttpResponse]


def member_of(request: HttpRequest) -> Member:
    """Who acts; the middleware let nobody else through."""
    viewer: Member = request.viewer  # type: ignore[attr-defined]
    return viewer


def told(view: View) -> View:
    """A refusal of a service becomes its sentence; what is misshapen gets one without repeating it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **words: Any) -> HttpResponse:
        try:
            return view(request, *args, **words)
        except StaleVersion as refusal:
            return JsonResponse({"sentence": str(refusal), "stale": True}, status=409)
        except NotAllowed as refusal:
            return JsonResponse({"sentence": str(refusal)}, status=403)
        except DomainError as refusal:
            return JsonResponse({"sentence": str(refusal)}, status=400)
        except (ValidationError, binascii.Error, ValueError):
            sentence = _("The page sent something that cannot be read. Reload it and try again.")
            return JsonResponse({"sentence": sentence}, status=400)

    return answer


def bytes_of(text: str) -> bytes:
    """Base64 as the scripts send it. Raises binascii.Error."""
    return base64.b64decode(text, validate=True)


def text_of(data: bytes | memoryview) -> str:
    """Base64 as the scripts read it."""
    return base64.b64encode(bytes(data)).decode()
