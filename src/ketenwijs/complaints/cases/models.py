"""What is kept of a case (security.md 4.5): keys, envelopes, weeks and codes; never a readable word or an exact time."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q

from ketenwijs.complaints.committee.fields import SealedField, only_sealed
from ketenwijs.complaints.committee.models import MemberKey, Seat
from ketenwijs.complaints.sealing.payloads import INTAKE, PARTY

COMPLAINANT, RESPONDENT = "complainant", PARTY
"""A second party that is heard is `party-2`, and so on: its role and its thread have the same name."""


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
    without_chair = models.BooleanField(
        default=False, help_text="told without the chair, who may not know that it exists"
    )
    read_to = models.PositiveIntegerField(default=0, help_text="last number of the intake thread a member opened")

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"case {self.number}"


class Holder(models.Model):
    """Whoever has a receipt for a case: the complainant, or a party that was heard."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="holders")
    role = models.CharField(max_length=20, help_text="complainant, or the name of the heard party's thread")
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

    @property
    def thread(self) -> str:
        """Name of the one thread that this holder reads and writes."""
        return INTAKE if self.role == COMPLAINANT else self.role


class Thread(models.Model):
    """One epoch of one thread, with the key its messages are sealed to."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="threads")
    name = models.CharField(max_length=20)
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
    name = models.CharField(max_length=20)
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
    name = models.CharField(max_length=20, help_text="the thread it belongs to")
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


class Measure(models.Model):
    """A measure of a ruling or of an agreement between parties. What, by whom and the day are sealed in the committee's
    thread; here stands only in which week it is due, and whether its follow-up has ended."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="measures")
    number = models.PositiveSmallIntegerField(help_text="within the case")
    message = models.PositiveIntegerField(help_text="number of the message with its words, in the committee's thread")
    due_week = models.DateField(help_text="Monday of the week in which it is to be done")
    closed_week = models.DateField(null=True)

    class Meta:
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="cases_one_measure_per_number")]

    def __str__(self) -> str:
        return f"measure {self.number} of {self.case_id}"


class Admission(models.Model):
    """Until which day a temporary member, such as a translator, may open a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="admissions")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="admissions")
    until = models.DateField(help_text="the last day")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "seat"], name="cases_one_admission_per_seat")]

    def __str__(self) -> str:
        return f"{self.seat_id} to {self.case_id} until {self.until}"


class HeardParty(models.Model):
    """Where the hearing of one party stands. Who it is stands sealed in the committee's thread."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties")
    name = models.CharField(max_length=20, help_text="of its thread and of its role")
    asked_week = models.DateField()
    due_on = models.DateField()
    answered_week = models.DateField(null=True)
    closed_week = models.DateField(null=True)

    class Meta:
        ordering = ["case", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "name"], name="cases_one_hearing_per_party")]

    def __str__(self) -> str:
        return f"{self.name} of {self.case_id}"

    @property
    def place(self) -> int:
        """First, second … of the case."""
        return int(self.name.rpartition("-")[2]) if "-" in self.name else 1
