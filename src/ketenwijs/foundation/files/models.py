"""Files that were checked and kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """One file on disk. Who owns it is known by kind and key, for example `organisation` and `12`.

    Found through `selectors.file_for` only, which asks the purpose whether the viewer may read it. `size`
    and `sha256` are those of the stored bytes, `name` is only ever shown, never used as a path.
    """

    class State(models.TextChoices):
        OK = "ok", _("available")
        QUARANTINED = "quarantined", _("waiting for the virus scanner")
        INFECTED = "infected", _("refused by the virus scanner")

    owner_kind = models.CharField(max_length=30)
    owner_key = models.CharField(max_length=80)
    purpose = models.CharField(max_length=60)
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    stored_name = models.CharField(max_length=40, unique=True)
    chain = models.CharField(max_length=80, help_text="journal chain in which its reading is recorded")
    state = models.CharField(max_length=12, choices=State.choices, default=State.OK)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["owner_kind", "owner_key"], name="files_by_owner"),
            models.Index(fields=["state"], name="files_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
