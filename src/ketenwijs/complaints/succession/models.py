"""A body with its signatures and objections, answers of complainants, and what was sealed to the body."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils import timezone

from ketenwijs.complaints.cases.models import Case, Thread
from ketenwijs.complaints.committee.fields import SealedField, only_sealed
from ketenwijs.complaints.succession import rules
from ketenwijs.complaints.succession.rules import Body
from ketenwijs.foundation.accounts.models import Person


class Successor(models.Model):
    """A body that goes on with open cases, in the words that two members sign. Never changed; at most one is current."""

    serial = models.PositiveIntegerField(unique=True)
    statement = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    document = models.TextField(blank=True, help_text="the body's signed key list, when it runs this program")
    list_signature = models.CharField(max_length=100, blank=True)
    proposed_on = models.DateField()
    waits_until = models.DateField(null=True, help_text="first day after the time for objections")
    withdrawn_on = models.DateField(null=True)
    # True or nothing: the database itself refuses a second current one.
    current = models.BooleanField(null=True, default=True, unique=True)

    class Meta:
        ordering = ["-serial"]

    def __str__(self) -> str:
        return f"successor {self.serial}"

    @property
    def body(self) -> Body:
        """The statement, read."""
        return rules.parsed(self.statement)

    def standing(self, today: date | None = None) -> str:
        """Where it stands; reads signatures and objections, which selectors fetch beforehand."""
        objections = sum(one.taken_back_on is None for one in self.objections.all())
        return rules.standing(
            signed=len(self.signatures.all()),
            waits_until=self.waits_until,
            objections=objections,
            today=today or timezone.localdate(),
        )


class SuccessorSignature(models.Model):
    """One member's signature under one statement; the first proposes, the second confirms."""

    successor = models.ForeignKey(Successor, on_delete=models.CASCADE, related_name="signatures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=16)
    function = models.CharField(max_length=40)
    signature = models.CharField(max_length=100)
    signed_on = models.DateField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["successor", "person"], name="succession_one_signature_per_person"),
            models.UniqueConstraint(fields=["successor", "function"], name="succession_one_signature_per_function"),
        ]

    def __str__(self) -> str:
        return f"{self.key} under {self.successor_id}"


class Objection(models.Model):
    """A member does not want this body; it stands until that member takes it back."""

    successor = models.ForeignKey(Successor, on_delete=models.CASCADE, related_name="objections")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    objected_on = models.DateField()
    taken_back_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["successor", "person"], name="succession_one_objection_per_person")
        ]

    def __str__(self) -> str:
        return f"objection of {self.person_id} to {self.successor_id}"


class Consent(models.Model):
    """The complainant's last answer about one body. When it was given is not kept; its proof is the signed message."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="consents")
    successor = models.ForeignKey(Successor, on_delete=models.PROTECT, related_name="consents")
    agrees = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "successor"], name="succession_one_answer_per_case")]

    def __str__(self) -> str:
        return f"answer of case {self.case_id}"


class Handing(models.Model):
    """A case that went over. It stays here as it is until it is closed and erased in its usual time."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="handing")
    successor = models.ForeignKey(Successor, on_delete=models.PROTECT, related_name="handings")
    week = models.DateField()

    def __str__(self) -> str:
        return f"case {self.case_id} went over"


class HandedKey(models.Model):
    """A thread's identity as an age file to the body's recipients; beside the committee's own wraps, never instead."""

    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, related_name="handed")
    sealed = SealedField()

    class Meta:
        constraints = [only_sealed("sealed", "succession_handed_key_sealed")]

    def __str__(self) -> str:
        return f"key of {self.thread_id} handed over"
