"""Seats, members' keys and key lists. Private keys lie here only as age files that the member alone can open."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from ketenwijs.complaints.committee.fields import SealedField, only_sealed
from ketenwijs.foundation.accounts.models import Person

SALT_BYTES = 32


def new_salt() -> bytes:
    """Random bytes that make the same receipt another key on every site."""
    return secrets.token_bytes(SALT_BYTES)


class Site(models.Model):
    """What is fixed once for this installation: the salt of all receipts."""

    salt = models.BinaryField(default=new_salt)

    def __str__(self) -> str:
        return "site"


class Seat(models.Model):
    """Somebody who acts in the committee in one function for some time."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    function = models.CharField(_("function"), max_length=40)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until=None), name="committee_one_seat_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.function})"

    def acts_on(self, today: date) -> bool:
        """Whether the seat is held on a day."""
        return self.since <= today and (self.until is None or today < self.until)


class MemberKey(models.Model):
    """A member's keys, made in the member's browser; the private halves only wrapped."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="member_keys")
    identifier = models.CharField(max_length=16, unique=True)
    recipient = models.CharField(max_length=80, unique=True)
    signing = models.CharField(max_length=100, unique=True)
    by_passphrase = models.BinaryField()
    by_paper = SealedField()
    made_on = models.DateField()
    tested_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            only_sealed("by_passphrase", "committee_key_sealed_by_passphrase"),
            only_sealed("by_paper", "committee_key_sealed_by_paper"),
        ]

    def __str__(self) -> str:
        return self.identifier


class SignedKeyList(models.Model):
    """A list signed by the committee's root; added, never changed."""

    serial = models.PositiveIntegerField(unique=True)
    document = models.TextField()
    signature = models.CharField(max_length=100)
    taken_on = models.DateField()

    class Meta:
        ordering = ["serial"]

    def __str__(self) -> str:
        return f"key list {self.serial}"


class Rehearsal(models.Model):
    """One try at opening with the recovery key on something made for it; added, never changed, nothing of a case in it."""

    recovery = models.CharField(max_length=80, help_text="public half of the recovery key that was tried")
    on = models.DateField()
    opened = models.BooleanField()
    first = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", help_text="who recorded it")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"try of the recovery key on {self.on}"


class SignedManifest(models.Model):
    """What a release serves, signed by the committee's root; added, never changed. The newest is public."""

    serial = models.PositiveIntegerField(unique=True)
    document = models.TextField()
    signature = models.CharField(max_length=100)
    taken_on = models.DateField()

    class Meta:
        ordering = ["serial"]

    def __str__(self) -> str:
        return f"manifest {self.serial}"
