"""Periodic work of the outbox."""

from datetime import timedelta

from ketenwijs.foundation.mail.services import send_due

PERIODIC = {"mail.send_due": (send_due, timedelta(minutes=1))}
