"""Reading seats, keys and the list that counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.committee.models import MemberKey, Rehearsal, Seat, SignedKeyList, SignedManifest, Site
from ketenwijs.complaints.committee.rehearsal import Standing, rehearsals, standing
from ketenwijs.complaints.committee.terms import reception
from ketenwijs.complaints.sealing import keylists
from ketenwijs.complaints.sealing.keylists import KeyList
from ketenwijs.complaints.sealing.refusals import Refusal
from ketenwijs.foundation.accounts.models import Person

LEAST_TESTED_KEYS = 2
NOBODY = KeyList(0, "", ())


@dataclass(frozen=True)
class Member:
    """Who acts on the committee's pages: the person and the seat held today."""

    person: Person
    seat: Seat | None

    @property
    def reference(self) -> str:
        """How the journal names this actor."""
        return f"person:{self.person.pk}"

    @property
    def is_signed_in(self) -> bool:
        """For the frame around the pages."""
        return True

    @property
    def function(self) -> str:
        """Code of the function held today, empty for none."""
        return self.seat.function if self.seat else ""


def site_salt() -> bytes:
    """The salt of all receipts of this installation; made at the first use."""
    return bytes(Site.objects.get_or_create(pk=1)[0].salt)


def seat_of(person: Person, today: date | None = None) -> Seat | None:
    """The seat a person holds today."""
    today = today or timezone.localdate()
    seats = Seat.objects.filter(person=person, person__is_active=True).select_related("person")
    return next((seat for seat in seats if seat.acts_on(today)), None)


def seats_today(today: date | None = None) -> list[Seat]:
    """All seats that are held, in the order of the functions."""
    today = today or timezone.localdate()
    order = {seat.code: place for place, seat in enumerate(mechanism().seats)}
    seats = Seat.objects.filter(person__is_active=True).select_related("person")
    held = [seat for seat in seats if seat.acts_on(today)]
    return sorted(held, key=lambda seat: (order.get(seat.function, 99), seat.pk))


def latest_list() -> SignedKeyList | None:
    """The newest list, unchecked."""
    return SignedKeyList.objects.order_by("-serial").first()


def key_list() -> KeyList:
    """The newest list, its signature checked again; an empty one when there is none that counts."""
    stored = latest_list()
    if stored is None:
        return NOBODY
    try:
        return keylists.checked(stored.document.encode(), stored.signature)
    except Refusal:
        return NOBODY


def usable_keys(found: KeyList | None = None) -> dict[str, MemberKey]:
    """Tested keys by identifier that are listed as acting and whose holder has a seat today."""
    found = found or key_list()
    listed = {one.identifier: one for one in found.acting}
    holders = {seat.person_id for seat in seats_today()}
    keys = MemberKey.objects.filter(identifier__in=listed, ended_on=None, person__in=holders).exclude(tested_on=None)
    return {key.identifier: key for key in keys if key.recipient == listed[key.identifier].recipient}


def is_intake_open() -> bool:
    """Whether the own committee can take a case: the mechanism in force says so, and there are at least two tested keys,
    one of them of a first reader."""
    usable = usable_keys() if reception().own else {}
    return len(usable) >= LEAST_TESTED_KEYS and bool(first_readers(usable=usable))


def first_readers(*, without_chair: bool = False, usable: dict[str, MemberKey] | None = None) -> list[MemberKey]:
    """Keys to which a new case is sealed (security.md 4.3; case 36 when the chair is left out)."""
    usable = usable_keys() if usable is None else usable
    wanted = mechanism().first_readers_without_chair if without_chair else mechanism().first_readers
    functions = {seat.person_id: seat.function for seat in seats_today()}
    return [key for key in usable.values() if functions[key.person_id] in wanted]


def own_key(member: Member) -> MemberKey | None:
    """The member's key that has not ended."""
    return MemberKey.objects.filter(person=member.person, ended_on=None).first()


def listable() -> list[tuple[MemberKey, Seat]]:
    """Keys that a new list may name as acting, with the seat of their holder."""
    seats = {seat.person_id: seat for seat in seats_today()}
    keys = MemberKey.objects.filter(ended_on=None, person__in=seats).exclude(tested_on=None).select_related("person")
    return [(key, seats[key.person_id]) for key in keys.order_by("pk")]


def tries_of(recovery: str) -> list[Rehearsal]:
    """Every try of one recovery key, oldest first; tries of an earlier key say nothing about this one."""
    return list(Rehearsal.objects.filter(recovery=recovery).select_related("first", "second")) if recovery else []


def recovery_standing(found: KeyList, tries: list[Rehearsal] | None = None) -> Standing:
    """Whether the recovery key of a list was tried in time."""
    tries = tries_of(found.recovery) if tries is None else tries
    return standing(
        has_key=bool(found.recovery), tries=tries, every_days=rehearsals().every_days, today=timezone.localdate()
    )


def latest_manifest() -> SignedManifest | None:
    """The newest manifest, as it was signed; whoever watches checks it, not we."""
    return SignedManifest.objects.order_by("-serial").first()
