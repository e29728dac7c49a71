"""Codes in words: sections, terms, parties, owners, votes; nothing here reads the database but recorded parties."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.definitions import AgreementFile
from ketenwijs.domain.agreements.models import Membership
from ketenwijs.domain.governance import vocabulary
from ketenwijs.domain.governance.models import Body, Commitment, Decision, Seat

Named = dict[str, str]


def sections(definition: AgreementFile) -> Named:
    """Names of the sections by code, in the agreement's order."""
    return {one.code: str(one.name) for one in definition.sections}


def terms(definition: AgreementFile) -> Named:
    """Names of the terms by code."""
    return {one.code: str(one.name) for one in definition.terms}


def parties_by_section(
    definition: AgreementFile, recorded: Iterable[Membership], today: date
) -> list[tuple[str, str, list[str]]]:
    """Code, name and parties of each section: those of the present term in the package, and those recorded here."""
    begun = [term for term in definition.terms if term.starts_on <= today] or list(definition.terms)[:1]
    present = max(begun, key=lambda term: term.starts_on).code if begun else ""
    names: dict[str, list[str]] = {}
    for party in definition.parties:
        if party.role == "party" and present in party.terms:
            names.setdefault(party.section, []).append(_several(party.name, party.number))
    for membership in recorded:
        known = names.setdefault(membership.section, [])
        name = membership.organisation.name
        if name.casefold() not in {one.casefold() for one in known}:
            known.append(f"{name} ({_('example')})" if membership.organisation.is_example else name)
    found = [(code, name, names.pop(code)) for code, name in sections(definition).items() if code in names]
    return [*found, *((code, code or _("no section"), rest) for code, rest in names.items())]


def _several(name: str, number: int | None) -> str:
    return f"{name} ({number})" if number and number > 1 else name


def seats_in_words(body: Body, section_names: Named, today: date) -> list[tuple[str, list[Seat]]]:
    """Present seats of a body under their section, whoever sits there for none first; no query with prefetched seats."""
    held = [seat for seat in body.seats.all() if seat.is_held_on(today)]
    groups = {code: [seat for seat in held if seat.section == code] for code in ["", *section_names]}
    roles = vocabulary.seat_roles()
    independent = [(vocabulary.named(roles, seat.role), [seat]) for seat in groups.pop("")]
    return [*independent, *((section_names[code], seats) for code, seats in groups.items() if seats)]


def in_order(seats: Iterable[Seat], definition: AgreementFile) -> list[Seat]:
    """Seats by role, then by section as the agreement orders them, then by name."""
    roles, codes = list(vocabulary.seat_roles()), [one.code for one in definition.sections]

    def place(seat: Seat) -> tuple[int, int, str]:
        role = roles.index(seat.role) if seat.role in roles else len(roles)
        return role, codes.index(seat.section) if seat.section in codes else len(codes), seat.holder

    return sorted(seats, key=place)


def owner_of(commitment: Commitment, section_names: Named) -> str:
    """Who is responsible, in words."""
    if commitment.owner_body is not None:
        return commitment.owner_body.name
    return commitment.owner_party or section_names.get(commitment.owner_section, commitment.owner_section)


def votes_of(decision: Decision) -> str:
    """How it was decided, in words."""
    if decision.by_consensus:
        return _("by consensus")
    return _("%(for)s for, %(against)s against, %(abstain)s abstained") % {
        "for": decision.votes_for,
        "against": decision.votes_against,
        "abstain": decision.votes_abstain,
    }


def way_of(decision: Decision) -> str:
    """Where it was decided, in words."""
    return _("in a meeting") if decision.meeting_id else _("in writing")
