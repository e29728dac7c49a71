"""Queueing, sending and forgetting mail."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from ketenwijs.foundation.mail.models import OutgoingMessage

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 20
"""With the waits below a message is tried for about three days."""
FIRST_WAIT = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=4)
CLAIM = timedelta(minutes=10)
"""How long a process may take over one message before another one takes it up."""
KEPT_FOR = timedelta(days=30)
"""How long sent and dropped messages are kept (security.md 10)."""


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
    """Send what waits, oldest first; returns how many were sent.

    One connection for all. When the mail server cannot be reached nothing is tried and nothing counts as an attempt; a
    single message that fails is tried again later with growing waits.
    """
    now = now or timezone.now()
    waiting = _waiting(now).order_by("pk").values_list("pk", flat=True)[:limit]
    numbers = list(waiting)
    if not numbers:
        return 0
    connection: BaseEmailBackend = get_connection()
    try:
        connection.open()
    except OSError as error:  # refused, unreachable, timed out; errors of the mail protocol are of this kind too
        logger.warning("the mail server cannot be reached (%s); %s messages wait", type(error).__name__, len(numbers))
        return 0
    try:
        return sum(_send_one(pk, now, connection) for pk in numbers)
    finally:
        connection.close()


def _waiting(now: datetime) -> QuerySet[OutgoingMessage]:
    return OutgoingMessage.objects.filter(Q(next_try_at=None) | Q(next_try_at__lte=now), sent_at=None, dropped_at=None)


def _send_one(pk: int, now: datetime, connection: BaseEmailBackend) -> int:
    """Claim, send, note, each on its own so that no database lock is held while the mail server is talking.

    A second process finds the claim and passes on. Killed in between, the message is sent again after the claim has
    lapsed, under the same Message-ID, by which the receiving side knows it.
    """
    claimed = _waiting(now).filter(pk=pk).update(next_try_at=now + CLAIM, attempts=F("attempts") + 1)
    if not claimed:
        return 0
    message = OutgoingMessage.objects.get(pk=pk)
    host = urlsplit(settings.PUBLIC_ADDRESS).hostname or "localhost"
    headers = {
        "Message-ID": f"<outbox-{pk}-{message.created_at:%Y%m%d%H%M%S}@{host}>",
        "Auto-Submitted": "auto-generated",
    }
    try:
        EmailMessage(message.subject, message.body, to=[message.to], headers=headers, connection=connection).send()
    except Exception as error:
        _note_failure(message, error, now)
        return 0
    OutgoingMessage.objects.filter(pk=pk).update(sent_at=now, last_error="")
    return 1


def _note_failure(message: OutgoingMessage, error: Exception, now: datetime) -> None:
    given_up = message.attempts >= MOST_ATTEMPTS
    OutgoingMessage.objects.filter(pk=message.pk).update(
        last_error=type(error).__name__,
        next_try_at=now + min(FIRST_WAIT * 2 ** (message.attempts - 1), LONGEST_WAIT),
        dropped_at=now if given_up else None,
    )
    logger.warning("message %s was not sent (%s), attempt %s", message.pk, type(error).__name__, message.attempts)


def hold_back_all(now: datetime | None = None) -> int:
    """After a restore: nothing that waited in the backup goes out. Returns how many were held back."""
    return OutgoingMessage.objects.filter(sent_at=None, dropped_at=None).update(
        dropped_at=now or timezone.now(), last_error="held back after a restore"
    )


@transaction.atomic
def forget_old(now: datetime | None = None) -> int:
    """Delete what was sent or dropped thirty days ago; of messages that must not come twice only the key stays.

    Returns how many messages were deleted or emptied.
    """
    before = (now or timezone.now()) - KEPT_FOR
    old = OutgoingMessage.objects.filter(Q(sent_at__lt=before) | Q(dropped_at__lt=before))
    emptied = old.exclude(dedupe_key=None).exclude(body="").update(to="", subject="", body="")
    return emptied + old.filter(dedupe_key=None).delete()[0]
