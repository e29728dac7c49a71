"""Editions: what a content file said when it was applied."""

from __future__ import annotations

from django.db import models


class Edition(models.Model):
    """One version of one file. Once something refers to it (`used_at`) it never changes; a new version is a new row."""

    kind = models.CharField(max_length=40)
    identifier = models.CharField(max_length=160)
    version = models.CharField(max_length=30)
    checksum = models.CharField(max_length=64)
    payload = models.JSONField()
    source_file = models.CharField(max_length=200)
    applied_at = models.DateTimeField(auto_now=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["identifier", "version"], name="content_one_edition_per_version")
        ]
        indexes = [models.Index(fields=["kind", "identifier"], name="content_by_kind")]

    def __str__(self) -> str:
        return f"{self.identifier} {self.version}"
