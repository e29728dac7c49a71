"""Mail about joint action. Neutral on purpose: no place, no company name, no answer; it says where to look."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.urls import reverse

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.selectors import working_year
from ketenwijs.domain.chains import policies
from ketenwijs.domain.chains.models import JointInvitation
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.access import roles
from ketenwijs.foundation.access.selectors import people_with
from ketenwijs.foundation.access.viewer import AGREEMENT, ORGANISATION, Scope, agreement_scope, organisation_scope
from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.mail.messages import render_message
from ketenwijs.foundation.mail.services import queue


def to_firms(name: str, agreement: Agreement, organisations: Iterable[int], today: date) -> None:
    """To everybody of these firms who answers for its chains, each with the address of the firm's own page."""
    year = working_year(agreement, today)
    for firm in Organisation.objects.filter(pk__in=list(organisations)).order_by("pk"):
        page = reverse("chains:together", args=[firm.reference, agreement.slug, year.code]) if year else "/"
        _to(_holders(policies.EDIT_OWN, ORGANISATION, organisation_scope(firm.pk)), name, page)


def to_secretariat(name: str, agreement: Agreement, invitation: JointInvitation) -> None:
    """To everybody who keeps the register of locations of the agreement."""
    page = reverse("chains:location", args=[agreement.slug, invitation.shared_id])
    _to(_holders(policies.MATCH_SITES, AGREEMENT, agreement_scope(agreement.slug)), name, page)


def _holders(right: str, kind: str, scope: Scope) -> list[Person]:
    codes = [one.code for one in roles.all_roles().values() if one.scope == kind and right in one.rights]
    return list({person.pk: person for code in codes for person in people_with(code, scope)}.values())


def _to(people: Iterable[Person], name: str, page: str) -> None:
    for person in people:
        if person.is_active:
            context = {"person": person, "page": settings.PUBLIC_ADDRESS + page}
            subject, body = render_message(f"chains/mail/{name}.txt", context, person.language)
            queue(to=person.email, subject=subject, body=body)
