"""Releasing a copy of the register; putting up, signing and withdrawing rulings."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.complaints.cases import policies
from ketenwijs.complaints.cases.definitions import kinds
from ketenwijs.complaints.cases.knowing import known_cases
from ketenwijs.complaints.cases.models import Case
from ketenwijs.complaints.committee import selectors as committee
from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.committee.selectors import Member
from ketenwijs.complaints.register.definitions import self_check
from ketenwijs.complaints.register.models import Release, Ruling, RulingSignature, SelfCheckAnswer, Tally
from ketenwijs.complaints.register.rules import LABEL, ruling_bytes, shared_enough, table
from ketenwijs.complaints.register.selectors import years_to_check
from ketenwijs.complaints.sealing import signatures
from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

SIGNATURES_NEEDED = 2
LEADERS = ("chair", "deputy_chair")
LONGEST_CODE = 40


@transaction.atomic
def release_register(*, actor: Member, about: Mapping[int, tuple[str, str]]) -> Release:
    """Freeze a public copy. `about`: country and theme by number of the case, as far as they may be public.

    A case told without the chair stands in no copy and no count while it runs: the chair reads those too. Of a case that
    the actor may not know of, what the last copy said is kept. What fewer than the mechanism's `small_cell` cases share is
    replaced before anything is kept, so the database never holds a country or theme that is not public.
    """
    _only_keepers(actor)
    tally()
    least = mechanism().small_cell
    last = Release.objects.select_for_update().order_by("-serial").first()
    running = list(Case.objects.filter(closed_week=None, without_chair=False).order_by("number"))
    about = {**_told_before(last, actor, running), **about}
    countries = shared_enough((about.get(case.number, ("", ""))[0] for case in running), least)
    themes = shared_enough((about.get(case.number, ("", ""))[1] for case in running), least)
    rows = [
        {
            "number": case.number,
            "kind": case.kind,
            "state": case.state,
            "suspended": case.suspended_week is not None,
            "country": _kept(about.get(case.number, ("", ""))[0], countries),
            "theme": _kept(about.get(case.number, ("", ""))[1], themes),
        }
        for case in running
    ]
    payload = {"running": rows, "counts": _counts(least), "composition": _composition(), "example": mechanism().example}
    kept = Release.objects.create(
        serial=(last.serial if last else 0) + 1, released_on=timezone.localdate(), payload=payload
    )
    record(actor=actor, event="register.copy.released", subject=kept, values={"serial": kept.serial})
    return kept


def _told_before(last: Release | None, actor: Member, running: list[Case]) -> dict[int, tuple[str, str]]:
    """Country and theme of the last copy, for the cases that the actor may not know of and so cannot fill in."""
    known = set(known_cases(actor).values_list("number", flat=True))
    hidden = {case.number for case in running if case.number not in known}
    rows = last.payload["running"] if last else []
    return {row["number"]: (row["country"] or "", row["theme"] or "") for row in rows if row["number"] in hidden}


def tally() -> None:
    """Note of every case that it is there, so that counts stay right after it is erased; of one told without the chair
    not before it is closed."""
    for case in Case.objects.exclude(without_chair=True, closed_week=None):
        Tally.objects.update_or_create(
            number=case.number, defaults={"year": case.received_week.year, "kind": case.kind, "state": case.state}
        )


@transaction.atomic
def sign_ruling(
    *, actor: Member, number: int, interim: bool, language: str, title: str, text: str, signature: str
) -> Ruling:
    """Put one's signature under a public version; the first signature puts it up, enough signatures publish it.

    Enough is two, one of them of the chair or the deputy. Refuses a signature that does not fit the member's listed
    key, and members who declared nothing or an interest in the case.
    """
    case = Case.objects.filter(number=number).first()
    if case is None or not policies.has_declared_free(actor, case):
        raise NotAllowed(_("Only members who declared to be free in this case may sign its ruling."))
    own = committee.own_key(actor)
    listed = {one.identifier: one for one in committee.key_list().acting}
    if own is None or own.identifier not in listed:
        raise NotAllowed(_("Your key is not on the signed list. Make, test and list it first."))
    content = ruling_bytes(number=number, interim=interim, language=language, title=title, text=text)
    try:
        proof = base64.b64decode(signature, validate=True)
    except binascii.Error:
        proof = b""
    if not text.strip() or not signatures.is_signed(listed[own.identifier].signing, LABEL, content, proof):
        raise DomainError(_("The signature does not fit this text and your key. Reload the page and sign again."))
    digest = hashlib.sha256(content).hexdigest()
    fields = {"number": number, "interim": interim, "language": language, "title": title, "text": text}
    ruling, _created = Ruling.objects.select_for_update().get_or_create(digest=digest, defaults=fields)
    name, function = actor.person.name, actor.function
    try:
        with transaction.atomic():
            RulingSignature.objects.create(
                ruling=ruling, key=own.identifier, name=name, function=function, signature=signature
            )
    except IntegrityError as error:
        raise DomainError(_("You have signed this text already.")) from error
    record(actor=actor, event="register.ruling.signed", subject=ruling)
    _publish_if_adopted(actor, ruling)
    return ruling


@transaction.atomic
def ask_withdrawal(*, actor: Member, ruling: Ruling) -> Ruling:
    """The first of two keepers who take a published ruling back. It stays public until the second agrees."""
    ruling = _public_for(actor, ruling)
    if ruling.withdrawal_asked_by_id is not None:
        raise StaleVersion(_("Somebody else proposed this already. Reload the page and look again."))
    _ask(ruling, actor.person, timezone.localdate())
    record(actor=actor, event="register.withdrawal.asked", subject=ruling)
    return ruling


@transaction.atomic
def drop_withdrawal(*, actor: Member, ruling: Ruling) -> Ruling:
    """Any keeper may stop a withdrawal that one of them proposed; the ruling stays public."""
    ruling = _public_for(actor, ruling)
    _refuse_unasked(ruling)
    _ask(ruling, None, None)
    record(actor=actor, event="register.withdrawal.dropped", subject=ruling)
    return ruling


@transaction.atomic
def withdraw_ruling(*, actor: Member, ruling: Ruling) -> Ruling:
    """Take a published ruling back, as the second of two keepers; its address says so from then on.

    Refuses without a proposal, and to the one who proposed it: publishing took two as well.
    """
    ruling = _public_for(actor, ruling)
    _refuse_unasked(ruling)
    if ruling.withdrawal_asked_by_id == actor.person.pk:
        raise NotAllowed(_("You proposed this yourself. Another keeper must agree: chair, deputy or secretary."))
    ruling.withdrawn_on = timezone.localdate()
    ruling.save(update_fields=["withdrawn_on"])
    record(actor=actor, event="register.ruling.withdrawn", subject=ruling)
    return ruling


def _ask(ruling: Ruling, person: Person | None, day: date | None) -> None:
    ruling.withdrawal_asked_by, ruling.withdrawal_asked_on = person, day
    ruling.save(update_fields=["withdrawal_asked_by", "withdrawal_asked_on"])


def _refuse_unasked(ruling: Ruling) -> None:
    if ruling.withdrawal_asked_by_id is None:
        raise StaleVersion(_("Nobody proposes to withdraw this ruling now. Reload the page and look again."))


def _public_for(actor: Member, ruling: Ruling) -> Ruling:
    """The ruling as it stands now, held for this change. A keeper with an interest in its case has no say; of a case
    that was erased only the ruling is left, and then every keeper has."""
    _only_keepers(actor)
    case = Case.objects.filter(number=ruling.number).first()
    if case is not None and not policies.has_declared_free(actor, case):
        raise NotAllowed(
            _("Only members who declared to be free in this case may change what is public of its ruling.")
        )
    found = Ruling.objects.select_for_update().get(pk=ruling.pk)
    if found.published_on is None or found.withdrawn_on is not None:
        raise DomainError(_("This ruling is not public now."))
    return found


@transaction.atomic
def note_follow_up(*, actor: Member, ruling: Ruling, text: str) -> None:
    """Tell in public what was seen of the measures."""
    ruling = _public_for(actor, ruling)
    Ruling.objects.filter(pk=ruling.pk).update(follow_up=text.strip())
    record(actor=actor, event="register.ruling.followed", subject=ruling)


def _publish_if_adopted(actor: Member, ruling: Ruling) -> None:
    signed = list(ruling.signatures.values_list("function", flat=True))
    led = any(function in LEADERS for function in signed)
    if ruling.published_on is None and led and len(signed) >= SIGNATURES_NEEDED:
        ruling.published_on = timezone.localdate()
        ruling.save(update_fields=["published_on"])
        record(actor=actor, event="register.ruling.published", subject=ruling)


def _kept(value: str, shared: set[str]) -> str | None:
    return value[:LONGEST_CODE] if value in shared else None


def _counts(least: int) -> list[dict[str, Any]]:
    """Per year and kind, newest first, small cells hidden."""
    found: dict[int, Counter[str]] = {}
    for year, kind in Tally.objects.values_list("year", "kind"):
        found.setdefault(year, Counter())[kind] += 1
    found.setdefault(timezone.localdate().year, Counter())
    codes = [kind.code for kind in kinds().kinds]
    rows = []
    for year in sorted(found, reverse=True):
        cells, total = table({code: found[year].get(code, 0) for code in codes}, least)
        rows.append({"year": year, "cells": cells, "total": total})
    return rows


def _composition() -> list[dict[str, str]]:
    return [{"name": seat.person.name, "function": seat.function} for seat in committee.seats_today()]


def _only_keepers(actor: Member) -> None:
    if not policies.may_keep(actor):
        raise NotAllowed(_("Your function in the committee does not allow this step."))


@transaction.atomic
def answer_self_check(*, actor: Member, year: int, answers: Mapping[str, tuple[str, str]], publish: bool) -> int:
    """Keep the yearly self-check: verdict and evidence by criterion. Publishing needs all criteria with evidence.

    An earlier year can still be answered as long as it is not public: a year is looked back on when it is over. What was
    published is not changed any more. Refuses years to come, and years before the committee was there.
    """
    _only_keepers(actor)
    if year not in years_to_check(timezone.localdate()):
        raise DomainError(_("The committee has nothing to answer for in that year."))
    if SelfCheckAnswer.objects.filter(year=year).exclude(public_on=None).exists():
        raise DomainError(_("The self-check of that year is public and cannot be changed."))
    verdicts = dict(SelfCheckAnswer._meta.get_field("verdict").flatchoices)
    kept = 0
    for criterion in self_check().criteria:
        verdict, evidence = answers.get(criterion.code, ("", ""))
        if verdict in verdicts and evidence.strip():
            fields = {"verdict": verdict, "evidence": evidence.strip()}
            SelfCheckAnswer.objects.update_or_create(year=year, criterion=criterion.code, defaults=fields)
            kept += 1
    if publish and kept < len(self_check().criteria):
        raise DomainError(_("Answer every criterion with its evidence before the year is made public."))
    if publish:
        SelfCheckAnswer.objects.filter(year=year).update(public_on=timezone.localdate())
    record(actor=actor, event="register.year.checked", subject="committee", values={"year": year, "public": publish})
    return kept
