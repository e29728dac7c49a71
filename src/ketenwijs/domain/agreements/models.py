"""Agreements, memberships with dated group and level, and dated observations."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.participants.models import Organisation


class Agreement(models.Model):
    """One agreement of the content packages; everything it says stands in its editions."""

    slug = models.SlugField(unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.slug


class Membership(models.Model):
    """The dated tie between an organisation and an agreement. Leaving and returning makes a second row."""

    class Kind(models.TextChoices):
        PARTICIPANT = "participant", _("member company")
        AUTHORITY = "authority", _("contracting authority")
        PARTY = "party", _("party")
        SUPPORTER = "supporter", _("supporting organisation")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    section = models.CharField(max_length=40, blank=True, help_text="section of a party, a code of the agreement")
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    exit_reason = models.CharField(max_length=40, blank=True)
    exit_note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organisation", "kind"],
                condition=models.Q(left_on__isnull=True),
                name="agreements_one_running_membership",
            ),
            models.CheckConstraint(
                condition=models.Q(left_on__isnull=True) | models.Q(left_on__gte=models.F("joined_on")),
                name="agreements_left_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.agreement}"


class GroupPeriod(models.Model):
    """Which participant group a membership was in, and when; a code of the agreement."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="groups")
    group = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=models.Q(until__isnull=True), name="agreements_one_group_now"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} since {self.since}"


class LevelPeriod(models.Model):
    """Which outcome a membership had, and when. `scheme` names the outcome scheme (levels, colours),
    `value` its code.
    """

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="levels")
    scheme = models.CharField(max_length=40)
    value = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="the year or level the value is about")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    report_year = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "scheme"],
                condition=models.Q(until__isnull=True),
                name="agreements_one_outcome_now",
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value} since {self.since}"


class PlanLink(models.Model):
    """Where a member's plan of an earlier year can be read, outside this system; from the register of the
    first day.
    """

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="plan_links")
    report_year = models.CharField(max_length=12)
    url = models.URLField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "report_year"], name="agreements_one_plan_link_a_year")
        ]

    def __str__(self) -> str:
        return f"plan {self.report_year}"


class Observation(models.Model):
    """One dated figure with population, source and confidence. Totals name their parts; conflicts stay
    side by side.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="observations")
    identifier = models.CharField(max_length=120, unique=True)
    indicator = models.CharField(max_length=80)
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    value_text = models.JSONField(default=dict, help_text="the value in words per language where it is no number")
    unit = models.CharField(max_length=30)
    population = models.JSONField(default=dict)
    report_year = models.CharField(max_length=12, blank=True)
    reference_date = models.DateField(null=True)
    precision = models.CharField(max_length=5, default="day", help_text="how exact the day is: day, month or year")
    source = models.CharField(max_length=300)
    confidence = models.CharField(max_length=30)
    part_of = models.CharField(max_length=120, blank=True, help_text="identifier of the total this is a part of")
    note = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["agreement", "indicator", "report_year"], name="agreements_figures")]

    def __str__(self) -> str:
        return self.identifier


class ObservationConflict(models.Model):
    """Figures that cannot all be true, the reading chosen, who chose it, and the footnote printed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="conflicts")
    identifier = models.CharField(max_length=120, unique=True)
    observations = models.ManyToManyField(Observation, related_name="conflicts")
    kept = models.ForeignKey(Observation, on_delete=models.PROTECT, null=True, related_name="kept_in")
    reading = models.JSONField()
    decided_by = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.identifier
