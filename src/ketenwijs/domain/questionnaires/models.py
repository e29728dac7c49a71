"""A member's answers of one report year, each tied to the edition it answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.access.fence import FencedManager
from ketenwijs.foundation.content.models import Edition
from ketenwijs.foundation.files.models import StoredFile


class AnswerSheet(models.Model):
    """One member's answers for one agreement and report year, under one frozen edition."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="answer_sheets")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    year = models.CharField(max_length=12)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, help_text="handed in: answers are read only")

    objects = FencedManager(organisation="organisation")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "agreement", "year"], name="questionnaires_one_sheet_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"answers {self.year}"


class Answer(models.Model):
    """One answer. `value` follows the requirement's answer kind; carried answers wait for confirmation."""

    class Origin(models.TextChoices):
        TYPED = "typed", _("filled in")
        CARRIED = "carried", _("taken over from last year")

    sheet = models.ForeignKey(AnswerSheet, on_delete=models.CASCADE, related_name="answers")
    requirement = models.CharField(max_length=120)
    value = models.JSONField(null=True)
    explanation = models.TextField(blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.TYPED)
    confirmed_at = models.DateTimeField(null=True)
    changed = models.BooleanField(default=True, help_text="differs from the answer it was carried from")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    objects = FencedManager(organisation="sheet__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "requirement"], name="questionnaires_one_answer_each")]

    def __str__(self) -> str:
        return self.requirement


class Evidence(models.Model):
    """A file that supports an answer."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager(organisation="answer__sheet__organisation")

    def __str__(self) -> str:
        return f"evidence {self.pk}"
