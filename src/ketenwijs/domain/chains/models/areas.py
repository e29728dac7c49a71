"""What the secretariat decided about the name of a quarry area that is also the name of somebody or of a site."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.foundation.access.fence import FencedManager


class AreaName(models.Model):
    """How one area is called in the public lists of an agreement. A later decision replaces it; the journal keeps both."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)
    area = models.CharField(max_length=400, help_text="as members write it, case and spacing left out")
    published_as = models.CharField(max_length=200, blank=True, help_text="empty: not named, part of the rest")
    reason = models.CharField(max_length=300)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(auto_now=True)

    objects = FencedManager(agreement="agreement")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "country", "area"], name="chains_area_name_once")]

    def __str__(self) -> str:
        return self.area
