"""Bodies of an agreement, who sits in them, and when they meet."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.governance.models.rows import ENDS_BEFORE_START, AgreementRow
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.files.models import StoredFile


class Body(AgreementRow):
    """A steering group, working group or committee. `code` ties it to a body the agreement package describes."""

    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=30)
    code = models.CharField(_("body of the agreement package"), max_length=60, blank=True)
    task = models.TextField(_("what it does"), blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="governance_body_ends_after_start",
                violation_error_message=ENDS_BEFORE_START,
            )
        ]
        indexes = [models.Index(fields=["agreement", "kind"], name="governance_bodies")]

    def __str__(self) -> str:
        return self.name

    def exists_on(self, day: date) -> bool:
        """Whether the body is there on a day, first and last day included."""
        return self.since <= day and (self.until is None or self.until >= day)


class Seat(models.Model):
    """One person's place in a body for a time; a member sits there for a section of the agreement."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(_("role"), max_length=30)
    section = models.CharField(_("section"), max_length=40, blank=True)
    holder = models.CharField(_("name"), max_length=120)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("party"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation_name = models.CharField(_("other organisation"), max_length=160, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="governance_seat_ends_after_start",
                violation_error_message=ENDS_BEFORE_START,
            )
        ]

    def __str__(self) -> str:
        return self.holder

    @property
    def for_whom(self) -> str:
        """The organisation the holder comes from, as far as known."""
        return self.organisation.name if self.organisation else self.organisation_name

    def is_held_on(self, day: date) -> bool:
        """Whether the seat is held on a day, first and last day included."""
        return self.since <= day and (self.until is None or self.until >= day)


class Meeting(models.Model):
    """One meeting of a body, planned or held. Who was there is optional."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    day = models.DateField(_("date"))
    starts_at = models.TimeField(_("time"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    is_online = models.BooleanField(_("online"), default=False)
    agenda = models.TextField(_("agenda"), blank=True)
    state = models.CharField(max_length=12, default="planned")
    present = models.ManyToManyField(Seat, related_name="+", blank=True)
    guests = models.TextField(_("others present"), blank=True)
    approved_on = models.DateField(_("minutes approved on"), null=True, blank=True)
    is_example = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["body", "day"], name="governance_meetings")]

    def __str__(self) -> str:
        return f"meeting {self.day}"


class MeetingPaper(models.Model):
    """A file that belongs to a meeting: a paper to discuss, or its minutes."""

    class Kind(models.TextChoices):
        PAPER = "paper", _("paper")
        MINUTES = "minutes", _("minutes")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PAPER)
    title = models.CharField(_("title"), max_length=160)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["kind", "id"]

    def __str__(self) -> str:
        return self.title
