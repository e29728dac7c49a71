"""The append-only journal: one hash chain per agreement, values kept apart so that they can be erased."""

from __future__ import annotations

from django.db import models


class JournalHead(models.Model):
    """Last entry of one chain; locked while an entry is appended."""

    chain = models.CharField(max_length=80, primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"{self.chain} #{self.sequence}"


class JournalEntry(models.Model):
    """One act. Holds no personal or confidential value, only a commitment to them (security.md 6)."""

    chain = models.CharField(max_length=80)
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    event = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    commitment = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="journal_one_entry_per_place")]
        indexes = [
            models.Index(fields=["subject", "event"], name="journal_by_subject"),
            models.Index(fields=["chain", "event"], name="journal_by_event"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} #{self.sequence} {self.event}"


class JournalDetail(models.Model):
    """Values and reason of one entry, salted; deleting this row erases them while the chain still verifies."""

    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="detail", primary_key=True)
    salt = models.CharField(max_length=32)
    values = models.JSONField()

    def __str__(self) -> str:
        return f"detail of {self.entry_id}"
