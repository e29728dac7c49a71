"""Slowing down floods of the public form and guessing at receipts, without writing down who came.

The counters are those of the sign-in library (`ACCOUNT_RATE_LIMITS`), under a key drawn from the network address and the
day with our own secret: what the cache holds cannot be turned back into an address.
"""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

SENDING, SENDING_OF_ALL, LOOKING = "site_report", "site_report_of_all", "site_report_receipt"


def may_send(request: HttpRequest) -> bool:
    """Count one sending, for this address and for everybody together; False when it is too many for now."""
    mine = ratelimit.consume(request, action=SENDING, key=_mark(request))
    return mine and ratelimit.consume(request, action=SENDING_OF_ALL, key="everybody")


def may_look(request: HttpRequest) -> bool:
    """Count one look at a receipt by this address; False when it is too many for now."""
    return ratelimit.consume(request, action=LOOKING, key=_mark(request))


def _mark(request: HttpRequest) -> str:
    address = get_adapter(request).get_client_ip(request)
    return salted_hmac("sitereports.brakes", f"{timezone.localdate()} {address}", algorithm="sha256").hexdigest()
