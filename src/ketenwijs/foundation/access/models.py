"""Who holds which role within which scope, since when and until when."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Grant(models.Model):
    """One person holds one role within one scope for a time. Never edited: ended and given anew."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=60)
    scope_kind = models.CharField(max_length=30)
    scope_key = models.CharField(max_length=80)
    since = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "scope_kind", "scope_key"],
                condition=models.Q(ended_at__isnull=True),
                name="access_role_held_once",
            )
        ]
        indexes = [models.Index(fields=["scope_kind", "scope_key"], name="access_by_scope")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.scope_kind}:{self.scope_key}"
