"""A firm's plan of action of one report year."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.domain.risks.models import Risk
from ketenwijs.foundation.access.fence import FencedManager


class Plan(models.Model):
    """One plan a year. What the public sees stands in its own fields, written on purpose."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="plans")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    year = models.CharField(max_length=12)
    state = models.CharField(max_length=20, default="draft")
    public_introduction = models.TextField(_("introduction for the public"), blank=True)
    public_policy = models.TextField(_("policy and management, for the public"), blank=True)
    published_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = FencedManager(organisation="organisation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "agreement", "year"], name="plans_one_plan_a_year")
        ]

    def __str__(self) -> str:
        return f"plan {self.year}"


class Goal(models.Model):
    """What the firm wants to reach for people or nature; the fields are what the SMART check looks at."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="goals")
    risk = models.ForeignKey(Risk, on_delete=models.SET_NULL, null=True, blank=True, related_name="goals")
    theme = models.CharField(_("theme"), max_length=40)
    country = models.CharField(_("country"), max_length=2, blank=True)
    title = models.CharField(_("goal"), max_length=200)
    for_whom = models.CharField(_("for whom"), max_length=200, blank=True)
    indicator = models.CharField(_("how we measure it"), max_length=200, blank=True)
    baseline = models.CharField(_("where we stand now"), max_length=120, blank=True)
    target = models.CharField(_("target"), max_length=120, blank=True)
    due_on = models.DateField(_("ready by"), null=True, blank=True)
    owner = models.CharField(_("who is responsible"), max_length=120, blank=True)
    means = models.CharField(_("time, money or partners"), max_length=200, blank=True)
    note = models.TextField(_("confidential note"), blank=True)
    is_public = models.BooleanField(_("show this goal to the public"), default=False)
    public_title = models.CharField(_("goal, as the public reads it"), max_length=200, blank=True)
    public_text = models.TextField(_("explanation for the public"), blank=True)
    carried_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = FencedManager(organisation="plan__organisation")

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class Measure(models.Model):
    """One thing done for a goal, with the rung of influence it uses (oecd-steps 0.4)."""

    class Progress(models.TextChoices):
        PLANNED = "planned", _("planned")
        STARTED = "started", _("started")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="measures")
    what = models.CharField(_("what we do"), max_length=300)
    influence = models.CharField(_("influence used"), max_length=30, blank=True)
    owner = models.CharField(_("who does it"), max_length=120, blank=True)
    due_on = models.DateField(_("ready by"), null=True, blank=True)
    progress = models.CharField(_("progress"), max_length=10, choices=Progress.choices, default=Progress.PLANNED)
    result = models.TextField(_("what came of it"), blank=True)
    is_public = models.BooleanField(_("show this measure to the public"), default=False)
    public_text = models.CharField(_("measure, as the public reads it"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = FencedManager(organisation="goal__plan__organisation")

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.what
