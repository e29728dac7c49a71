"""The appended history of moves of every stateful object."""

from __future__ import annotations

from django.db import models


class StateChange(models.Model):
    """One move: from, to, who, when, why. Added, never edited."""

    subject = models.CharField(max_length=120)
    move = models.CharField(max_length=40)
    from_state = models.CharField(max_length=40)
    to_state = models.CharField(max_length=40)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "id"], name="states_by_subject")]

    def __str__(self) -> str:
        return f"{self.subject} {self.from_state} to {self.to_state}"
