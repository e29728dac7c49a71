"""Queueing and sending mail."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ketenwijs.foundation.mail.models import OutgoingMessage

MOST_ATTEMPTS = 12
FIRST_WAIT = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=4)


def queue(*, to: str, subject: str, body: str, dedupe_key: str | None = None) -> OutgoingMessage | None:
    """Put one message to one address in the outbox, within the caller's transaction.

    With a `dedupe_key` that was used before nothing happens and None comes back. Raises ValueError for line breaks in
    subject or address (header injection) and ValidationError for anything that is not one address.
    """
    if any(sign in subject + to for sign in "\r\n"):
        raise ValueError("a line break in subject or address")
    validate_email(to)
    if dedupe_key is None:
        return OutgoingMessage.objects.create(to=to, subject=subject, body=body)
    fields = {"to": to, "subject": subject, "body": body}
    message, created = OutgoingMessage.objects.get_or_create(dedupe_key=dedupe_key, defaults=fields)
    return message if created else None


def send_due(now: datetime | None = None, limit: int = 100) -> int:
    """Send what waits; a failure is tried again later with growing waits. Returns how many were sent."""
    now = now or timezone.now()
    waiting = OutgoingMessage.objects.filter(Q(next_try_at=None) | Q(next_try_at__lte=now), sent_at=None, dropped_at=None)
    sent = 0
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)[:limit]):
        sent += _send_one(pk, now)
    return sent


@transaction.atomic
def _send_one(pk: int, now: datetime) -> int:
    """Claim, send, note: a second worker that comes by finds the claim and passes on."""
    claimed = OutgoingMessage.objects.filter(pk=pk, sent_at=None).update(sent_at=now)
    if not claimed:
        return 0
    message = OutgoingMessage.objects.get(pk=pk)
    try:
        EmailMessage(message.subject, message.body, to=[message.to]).send()
    except Exception as error:
        message.sent_at = None
        message.attempts += 1
        message.last_error = type(error).__name__
        message.next_try_at = now + min(FIRST_WAIT * 2**message.attempts, LONGEST_WAIT)
        message.dropped_at = now if message.attempts >= MOST_ATTEMPTS else None
        message.save()
        return 0
    return 1


def hold_back_all(now: datetime | None = None) -> int:
    """After a restore: nothing that waited in the backup goes out. Returns how many were held back."""
    return OutgoingMessage.objects.filter(sent_at=None, dropped_at=None).update(
        dropped_at=now or timezone.now(), last_error="held back after a restore"
    )
