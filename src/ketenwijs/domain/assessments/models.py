"""Rounds, dossiers, findings with the firm's replies, and outcomes that are only ever superseded."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.access.fence import FencedManager
from ketenwijs.foundation.content.models import Edition


class Round(models.Model):
    """One report year's exercise of an agreement; its edition is frozen. A year without a round says why."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="rounds")
    year = models.CharField(max_length=12)
    term = models.CharField(max_length=30)
    held = models.BooleanField(default=True)
    reason = models.JSONField(default=dict, help_text="why there was no round, per language")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="+")
    opens_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    reply_days = models.PositiveSmallIntegerField(default=0, help_text="days a firm has to reply to draft findings")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "year"], name="assessments_one_round_a_year")]

    def __str__(self) -> str:
        return f"{self.agreement} {self.year}"


class Dossier(models.Model):
    """One member's file in a round. Group, level and membership year are frozen when the round opens."""

    class Kind(models.TextChoices):
        FULL = "full", _("full assessment")
        PLAN_ONLY = "plan_only", _("plan of action only")
        ORIGIN_ONLY = "origin_only", _("origin only")

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="dossiers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="dossiers")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    group = models.CharField(max_length=20)
    membership_year = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField(null=True, help_text="level held when the round opened")
    target_level = models.PositiveSmallIntegerField(null=True, help_text="level (or year) judged in this round")
    state = models.CharField(max_length=20, default="draft")
    adviser = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    second_reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    handed_in_at = models.DateTimeField(null=True)
    sent_to_firm_at = models.DateTimeField(null=True, help_text="draft findings sent; the reply time runs from here")
    reply_due_on = models.DateField(null=True)
    size_figure = models.DecimalField(
        max_digits=20, decimal_places=2, null=True, help_text="in the unit the framework names, on `size_on`"
    )
    size_on = models.DateField(null=True, help_text="reference date of the size figure")
    frozen = models.JSONField(default=dict, help_text="all parts as handed in; outcomes are recomputed from this")
    frozen_checksum = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = FencedManager(organisation="organisation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation"], name="assessments_one_dossier_a_round")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.round_id}"


class Verdict(models.TextChoices):
    """The judgement on one requirement."""

    MET = "met", _("met")
    PARTLY = "partly", _("partly met")
    NOT_MET = "not_met", _("not met")
    NOT_APPLICABLE = "not_applicable", _("does not apply")


class Finding(models.Model):
    """Judgement on one requirement: the draft, the firm's reply, and the final one; all kept (hearing both sides)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="findings")
    requirement = models.CharField(max_length=120)
    verdict = models.CharField(max_length=16, choices=Verdict.choices, blank=True)
    reason = models.TextField(blank=True)
    points = models.PositiveSmallIntegerField(null=True, help_text="only where the instrument gives points")
    unchanged = models.BooleanField(default=False, help_text="answer and verdict as last year, confirmed in bulk")
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reply = models.TextField(blank=True)
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    replied_at = models.DateTimeField(null=True)
    final_verdict = models.CharField(max_length=16, choices=Verdict.choices, blank=True)
    final_points = models.PositiveSmallIntegerField(null=True)
    final_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = FencedManager(organisation="dossier__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "requirement"], name="assessments_one_finding_each")]

    def __str__(self) -> str:
        return self.requirement


class Outcome(models.Model):
    """Level or colour: proposed by rule, decided by a person with a reason, confirmed by a second, then published."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="outcomes")
    scheme = models.CharField(max_length=40)
    proposed = models.CharField(max_length=20, blank=True, help_text="empty: the rule leaves it to people")
    proposal = models.JSONField(default=dict, help_text="how the rule came to it: counts and requirements")
    value = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField(
        null=True, help_text="level, year judged, score in per cent, or main indicators that count"
    )
    reason = models.TextField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    published_on = models.DateField(null=True, help_text="public, or counted in the totals, from this day on")
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")

    objects = FencedManager(organisation="dossier__organisation")

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"
