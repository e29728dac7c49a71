"""Released copies, signed rulings, and tallies that outlive erased cases."""

from __future__ import annotations

import json

from django.db import models

from ketenwijs.foundation.accounts.models import Person


class Tally(models.Model):
    """That a case came in a year, of which kind, and how it ended; stays when the case is erased."""

    number = models.PositiveIntegerField(unique=True)
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.number} ({self.year})"


class Release(models.Model):
    """One frozen copy of the register. Added, never changed; the newest is shown."""

    serial = models.PositiveIntegerField(unique=True)
    released_on = models.DateField()
    payload = models.JSONField()

    class Meta:
        ordering = ["-serial"]

    def __str__(self) -> str:
        return f"release {self.serial}"


class Ruling(models.Model):
    """The public version of one ruling; published once enough members signed exactly this text."""

    number = models.PositiveIntegerField(help_text="of the case")
    interim = models.BooleanField(default=False)
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    text = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    published_on = models.DateField(null=True)
    withdrawal_asked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", help_text="the first of two who withdraw it"
    )
    withdrawal_asked_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    follow_up = models.TextField(blank=True, help_text="what was seen of the measures, public")

    class Meta:
        ordering = ["-published_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> dict[str, object]:
        """Exactly what members sign, by name."""
        names = ("number", "interim", "language", "title", "text")
        return {name: getattr(self, name) for name in names}

    @property
    def as_json(self) -> str:
        """The same for the page's script."""
        return json.dumps(self.words, ensure_ascii=False)


class RulingSignature(models.Model):
    """One member's signature under one text."""

    ruling = models.ForeignKey(Ruling, on_delete=models.CASCADE, related_name="signatures")
    key = models.CharField(max_length=16)
    name = models.CharField(max_length=120)
    function = models.CharField(max_length=40)
    signature = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ruling", "key"], name="register_one_signature_per_key")]

    def __str__(self) -> str:
        return f"{self.name} under {self.ruling_id}"


class SelfCheckAnswer(models.Model):
    """What the committee says of one criterion in one year, with its evidence; public once the year is released."""

    NOT_YET, PARTLY, MET = "not_yet", "partly", "met"

    year = models.PositiveSmallIntegerField()
    criterion = models.CharField(max_length=40)
    verdict = models.CharField(max_length=10, choices=[(NOT_YET, "not yet"), (PARTLY, "partly"), (MET, "met")])
    evidence = models.TextField()
    public_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "criterion"], name="register_one_answer_per_criterion")]

    def __str__(self) -> str:
        return f"{self.criterion} {self.year}"
