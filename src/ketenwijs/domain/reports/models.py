"""Releases: a report frozen at a reference date with the inputs it was made from."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.foundation.content.models import Edition


class Release(models.Model):
    """One produced annual report. Never edited; a correction is a new release that names the one it replaces."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="releases")
    year = models.CharField(max_length=12)
    reference_date = models.DateField()
    template = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="+")
    figures = models.JSONField(help_text="every figure with value, unit, base and source, as computed")
    texts = models.JSONField(default=dict, help_text="paragraphs written by people, per block and language")
    checksum = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.year}"
