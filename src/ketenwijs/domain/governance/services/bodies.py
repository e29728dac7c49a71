"""Bodies of an agreement and the seats in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.governance import rules, vocabulary
from ketenwijs.domain.governance.models import Body, Seat
from ketenwijs.domain.governance.services import writing
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.access.viewer import Viewer

BODY_FIELDS = ("name", "kind", "code", "task", "since", "until")
SEAT_FIELDS = ("role", "section", "holder", "organisation", "organisation_name", "since", "until")


@transaction.atomic
def save_body(
    *,
    actor: Viewer,
    agreement: Agreement,
    values: Mapping[str, Any],
    body: Body | None = None,
    version: int = 0,
    is_example: bool = False,
) -> Body:
    """Set up a body, or change one (`version` as the page showed it). A body that ended keeps its seats and meetings.

    Refuses a kind that is not listed and a `code` the agreement package does not describe.
    """
    writing.managers_only(actor, agreement)
    writing.known_fields(values, BODY_FIELDS)
    writing.one_of(values["kind"], vocabulary.body_kinds(), "kind")
    if values.get("code"):
        writing.one_of(values["code"], [one.code for one in definition_of(agreement).bodies], "code")
    _in_order(values)
    if body is None:
        body = Body.objects.create(agreement=agreement, is_example=is_example, **values)
    else:
        writing.same_agreement(agreement, body)
        writing.save_version(body, version, values)
    writing.note(actor, agreement, "body.saved", body, name=body.name, kind=body.kind, until=body.until)
    return body


@transaction.atomic
def save_seat(
    *, actor: Viewer, body: Body, values: Mapping[str, Any], seat: Seat | None = None, version: int = 0
) -> Seat:
    """Give somebody a seat, or correct or end it (`until`).

    A member sits for a section where the agreement has sections; an independent chair and a secretary for none. Refuses
    two chairs at once, a section or party the agreement does not have, and days outside the body's own.
    """
    agreement = body.agreement
    writing.managers_only(actor, agreement)
    writing.known_fields(values, SEAT_FIELDS)
    writing.one_of(values["role"], vocabulary.seat_roles(), "role")
    _in_order(values)
    _section_fits(agreement, values["role"], values.get("section", ""))
    _party_fits(agreement, values.get("organisation"))
    if values["since"] < body.since or (body.until and values["since"] > body.until):
        writing.refuse(
            _("The seat begins outside the time of the body. Correct the date."), since=_("Outside the body's time.")
        )
    if values["role"] == "chair":
        _one_chair(body, values["since"], values.get("until"), except_for=seat)
    if seat is None:
        seat = Seat.objects.create(body=body, **values)
    else:
        writing.save_version(seat, version, values)
    writing.note(
        actor, agreement, "seat.saved", seat, body=body.pk, role=seat.role, section=seat.section, until=seat.until
    )
    return seat


def _in_order(values: Mapping[str, Any]) -> None:
    if values.get("until") and values["until"] < values["since"]:
        writing.refuse(_("The last day lies before the first. Correct the date."), until=_("Before the first day."))


def _section_fits(agreement: Agreement, role: str, section: str) -> None:
    if vocabulary.seat_roles()[role].independent:
        if section:
            writing.refuse(
                _("Whoever is independent sits there for no section. Leave the section empty."),
                section=_("Leave this empty."),
            )
    elif section:
        writing.known_section(agreement, section)
    elif definition_of(agreement).sections:
        writing.refuse(_("Choose the section this person sits for."), section=_("Choose a section."))


def _party_fits(agreement: Agreement, organisation: Organisation | None) -> None:
    if organisation is None:
        return
    known = Membership.objects.filter(agreement=agreement, organisation=organisation, kind=Membership.Kind.PARTY)
    if not known.exists():
        writing.refuse(
            _("This organisation is no party of the agreement. Choose another or type its name."),
            organisation=_("Choose a party."),
        )


def _one_chair(body: Body, since: date, until: date | None, except_for: Seat | None) -> None:
    chairs = body.seats.filter(role="chair").exclude(pk=except_for.pk if except_for else 0)
    if any(rules.overlap(since, until, one.since, one.until) for one in chairs):
        writing.refuse(
            _("The body has a chair in this time already. End that seat first."), since=_("There is a chair already.")
        )
