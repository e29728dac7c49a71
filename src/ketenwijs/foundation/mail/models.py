"""Messages waiting to be sent, and those that were."""

from __future__ import annotations

from django.db import models


class OutgoingMessage(models.Model):
    """One message to one address. Texts hold nothing confidential: they say where to look."""

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    dedupe_key = models.CharField(max_length=160, unique=True, null=True)  # noqa: DJ001 - null: comes any number of times
    created_at = models.DateTimeField(auto_now_add=True)
    next_try_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True, help_text="given up, or held back after a restore")
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["sent_at", "next_try_at"], name="mail_waiting")]

    def __str__(self) -> str:
        return f"message {self.pk}"
