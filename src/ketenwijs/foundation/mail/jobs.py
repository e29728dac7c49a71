"""Periodic work of the outbox."""

from datetime import timedelta

from ketenwijs.foundation.mail.services import forget_old, send_due

PERIODIC = {
    "mail.send_due": (send_due, timedelta(minutes=1)),
    "mail.forget_old": (forget_old, timedelta(days=1)),
}
