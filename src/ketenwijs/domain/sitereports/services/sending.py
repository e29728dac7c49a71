"""Taking a report in, from the public form or from somebody of a party."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.reference import selectors as reference
from ketenwijs.domain.sitereports import messages, policies, rules
from ketenwijs.domain.sitereports.models import SiteReport
from ketenwijs.domain.sitereports.selectors import agreements_taking_reports
from ketenwijs.foundation.access.fence import fenced_to_agreement
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed


@dataclass(frozen=True)
class Told:
    """What somebody saw and where; codes of country, kind of site and themes."""

    country: str
    seen: str
    place: str = ""
    site_name: str = ""
    site_kind: str = ""
    seen_when: str = ""
    themes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sender:
    """Who wants an answer and in which language; name and address may stay empty."""

    language: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class _Somebody:
    """Who the journal says sent it: nobody in particular. An entry is kept for ever, the sender is not."""

    reference: str = "sender"


@dataclass(frozen=True)
class Receipt:
    """What the sender keeps: with both a report can be followed. The code is shown once and stored nowhere."""

    number: str
    code: str


@transaction.atomic
def send(*, actor: Viewer, agreement: Agreement, told: Told, sender: Sender, once: str, today: date) -> Receipt:
    """Take a report in; `once` is the mark of the form that was filled in, so that sending it again changes nothing.

    A visitor and somebody of a party may send; the latter's account is kept beside it until the sender is forgotten.
    """
    _ensure_taken(actor, agreement)
    _ensure_said(told)
    content = json.dumps([agreement.pk, asdict(told), asdict(sender)], sort_keys=True)
    number, code = rules.receipt(settings.SECRET_KEY, once, content)
    with fenced_to_agreement(agreement.pk):
        report, created = SiteReport.objects.get_or_create(
            number=number,
            defaults={
                **{name: value.strip() for name, value in asdict(told).items() if isinstance(value, str)},
                "agreement": agreement,
                "code_hash": rules.code_hash(number, code),
                "themes": list(told.themes),
                "sender_name": sender.name.strip(),
                "sender_email": sender.email.strip(),
                "sender_language": sender.language,
                "sent_by": actor.person,
                "of_a_party": actor.is_signed_in,
                "received_on": today,
            },
        )
    if created:
        way = "party" if actor.is_signed_in else "public"
        record(
            actor=_Somebody(),
            event="sitereports.report.received",
            subject=report,
            chain=agreement.slug,
            values={"way": way},
        )
        messages.that_reports_came(agreement, today)
    return Receipt(rules.in_groups(number), rules.in_groups(code))


def _ensure_taken(actor: Viewer, agreement: Agreement) -> None:
    if actor.is_signed_in and not policies.may_send(actor, agreement):
        raise NotAllowed(_("Only people of a party report here. Use the form on the public site."))
    if agreement not in agreements_taking_reports():
        raise DomainError(_("Nobody reads reports for this agreement. Choose another one."))


def _ensure_said(told: Told) -> None:
    faults = {}
    if reference.country(told.country) is None:
        faults["country"] = _("Choose a country from the list.")
    if not told.place.strip() and not told.site_name.strip():
        faults["place"] = _("Write the name of the place, of the site, or both.")
    if not told.seen.strip():
        faults["seen"] = _("Write what you saw.")
    if told.site_kind and reference.site_kind(told.site_kind) is None:
        faults["site_kind"] = _("Choose a kind from the list.")
    if any(reference.theme(code) is None for code in told.themes):
        faults["themes"] = _("Choose themes from the list.")
    if faults:
        raise DomainError(_("Something is missing. Look at the fields below."), fields=faults)
