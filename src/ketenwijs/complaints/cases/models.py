"""What is kept of a case (security.md 4.5): keys, envelopes, weeks and codes; never a readable word or an exact time."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q

from ketenwijs.complaints.committee.fields import SealedField, only_sealed
from ketenwijs.complaints.committee.models import MemberKey, Seat
from ketenwijs.complaints.sealing.payloads import COMMITTEE, INTAKE, PARTY

THREADS = [(INTAKE, "intake"), (COMMITTEE, "committee"), (PARTY, "party")]
COMPLAINANT, RESPONDENT = "complainant", "party"


def new_identifier() -> str:
    """128 random bits."""
    return secrets.token_hex(16)


class Case(models.Model):
    """One case. `kind` and `state` are codes without content: the program must hold moves and clocks to their rules."""

    identifier = models.CharField(max_length=32, unique=True, default=new_identifier)
    number = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=40)
    state_week = models.DateField(help_text="Monday of the week in which the state began")
    received_week = models.DateField()
    due_on = models.DateField(null=True)
    decide_by = models.DateField(null=True)
    suspended_week = models.DateField(null=True)
    closed_week = models.DateField(null=True)
    last_word_week = models.DateField(help_text="Monday of the week of the complainant's last message")
    kept_longer = models.BooleanField(default=False)
    renew_keys = models.BooleanField(default=False, help_text="a member left the case: what follows needs a new key")
    read_to = models.PositiveIntegerField(default=0, help_text="last number of the intake thread a member opened")

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"case {self.number}"


class Holder(models.Model):
    """Whoever has a receipt for a case: the complainant, or a party that was heard."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="holders")
    role = models.CharField(max_length=20, choices=[(COMPLAINANT, "complainant"), (RESPONDENT, "party")])
    locator = models.CharField(max_length=32, unique=True)
    proof_hash = models.CharField(max_length=64)
    recipient = models.CharField(max_length=80)
    signing = models.CharField(max_length=100)
    signing_sealed = SealedField()

    class Meta:
        constraints = [
            only_sealed("signing_sealed", "cases_holder_signing_sealed"),
            models.UniqueConstraint(fields=["case", "role"], name="cases_one_holder_per_role"),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.case_id}"


class Thread(models.Model):
    """One epoch of one thread, with the key its messages are sealed to."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="threads")
    name = models.CharField(max_length=20, choices=THREADS)
    epoch = models.PositiveIntegerField()
    recipient = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "name", "epoch"], name="cases_one_thread_per_epoch")]

    def __str__(self) -> str:
        return f"{self.name} {self.epoch} of {self.case_id}"


class Wrap(models.Model):
    """The thread's identity as an age file to one member key, one holder, or the recovery key (neither)."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="wraps")
    member_key = models.ForeignKey(MemberKey, on_delete=models.PROTECT, null=True, related_name="wraps")
    holder = models.ForeignKey(Holder, on_delete=models.CASCADE, null=True, related_name="wraps")
    sealed = SealedField()

    class Meta:
        constraints = [
            only_sealed("sealed", "cases_wrap_sealed"),
            models.CheckConstraint(condition=Q(member_key=None) | Q(holder=None), name="cases_wrap_for_one"),
            models.UniqueConstraint(fields=["thread", "member_key"], name="cases_one_wrap_per_key"),
            models.UniqueConstraint(fields=["thread", "holder"], name="cases_one_wrap_per_holder"),
        ]

    def __str__(self) -> str:
        return f"wrap of {self.thread_id}"


class Envelope(models.Model):
    """One sealed message. Added, never changed; the order is the number, no time is kept."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="envelopes")
    name = models.CharField(max_length=20, choices=THREADS)
    epoch = models.PositiveIntegerField()
    sequence = models.PositiveIntegerField()
    sealed = SealedField()
    once = models.CharField(max_length=32, blank=True, help_text="knows a repeated sending again")

    class Meta:
        ordering = ["case", "name", "sequence"]
        constraints = [
            only_sealed("sealed", "cases_envelope_sealed"),
            models.UniqueConstraint(fields=["case", "name", "sequence"], name="cases_one_envelope_per_place"),
            models.UniqueConstraint(fields=["case", "once"], condition=~Q(once=""), name="cases_sent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.sequence} of {self.case_id}"


class SealedFile(models.Model):
    """A sealed file in the folder of sealed files; name, kind and true size stand only in its sealed message."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="files")
    identifier = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=20, choices=THREADS, help_text="the thread it belongs to")
    epoch = models.PositiveIntegerField()
    stored_name = models.CharField(max_length=40, unique=True)
    size = models.PositiveIntegerField(help_text="bytes as stored, a size step")

    def __str__(self) -> str:
        return self.identifier


class Piece(models.Model):
    """A part of a sealed file that is still going up: parts of one age file, joined when all are there. No time is kept;
    what was left behind is known by the age of its bytes on the disk, as any stored file is."""

    holder = models.ForeignKey(Holder, on_delete=models.CASCADE, related_name="pieces")
    upload = models.CharField(max_length=64, help_text="digest of a random number that only the sending browser knows")
    number = models.PositiveSmallIntegerField(help_text="place in the file, from 0")
    stored_name = models.CharField(max_length=40, unique=True)
    size = models.PositiveIntegerField(help_text="bytes")

    class Meta:
        ordering = ["holder", "upload", "number"]
        constraints = [models.UniqueConstraint(fields=["holder", "upload", "number"], name="cases_one_piece_per_place")]

    def __str__(self) -> str:
        return f"piece {self.number} of {self.holder_id}"


class Declaration(models.Model):
    """A member's word on conflicts of interest in one case, before they may open it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="declarations")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="declarations")
    free = models.BooleanField(help_text="declared to have no interest in the outcome")
    week = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "seat"], name="cases_one_declaration_per_seat")]

    def __str__(self) -> str:
        return f"{self.seat_id} on {self.case_id}"


class Transfer(models.Model):
    """One question whether a case may go to an outside body, and the day on which it went. Whether the person said yes
    is sealed in the thread; here stands only what a member asked and stated."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="transfers")
    body = models.CharField(max_length=120, help_text="code of the mechanism whose outside body was named")
    question = models.PositiveIntegerField(help_text="number of the message that asked, in the intake thread")
    asked_on = models.DateField()
    answer = models.PositiveIntegerField(null=True, help_text="number of the yes, as a member stated it")
    given_on = models.DateField(null=True)

    class Meta:
        ordering = ["case", "question"]
        constraints = [models.UniqueConstraint(fields=["case", "question"], name="cases_one_transfer_per_question")]

    def __str__(self) -> str:
        return f"{self.case_id} to {self.body}"
