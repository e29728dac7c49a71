"""Bringing organisations in, correcting them, and inviting their people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.participants import events, policies, rules, selectors
from ketenwijs.domain.participants.models import Contact, Identifier, Organisation
from ketenwijs.domain.reference import selectors as reference
from ketenwijs.foundation.access import services as access
from ketenwijs.foundation.access.models import Grant
from ketenwijs.foundation.access.viewer import ORGANISATION, Viewer
from ketenwijs.foundation.accounts import services as accounts
from ketenwijs.foundation.accounts.models import Invitation
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, Sentence, StaleVersion

CORRECTABLE = ("name", "subkind", "country", "place", "website", "employees")


@transaction.atomic
def register_organisation(
    *,
    actor: Viewer,
    name: str,
    kind: str,
    subkind: str,
    country: str,
    place: str = "",
    website: str = "",
    employees: int | None = None,
    identifiers: Mapping[str, str] | None = None,
    is_example: bool = False,
) -> Organisation:
    """Bring a new organisation in. Codes must be known to reference data, numbers must pass their check and
    be new.

    Raises `DomainError` with `fields` naming what is wrong; nothing is stored then.
    """
    if not policies.may_register(actor):
        raise NotAllowed(_("You may not bring organisations in. Ask the lead of the secretariat."))
    cleaned, faults = rules.cleaned_identifiers(identifiers or {})
    fields: dict[str, Sentence] = {
        **faults,
        **_wrong_codes(name=name, kind=kind, subkind=subkind, country=country),
    }
    known = selectors.organisation_with(cleaned)
    if known is not None:
        fields["name"] = _("This number already belongs to %(name)s.") % {"name": known.name}
    if fields:
        raise DomainError(_("The organisation was not stored. Correct the marked fields."), fields=fields)
    organisation = Organisation.objects.create(
        name=name.strip(),
        kind=kind,
        subkind=subkind,
        country=country,
        place=place.strip(),
        website=website.strip(),
        employees=employees,
        is_example=is_example,
    )
    _store_identifiers(organisation, cleaned)
    values = {"name": organisation.name, "kind": kind, "country": country, "identifiers": cleaned}
    record(actor=actor, event="participants.organisation.registered", subject=organisation, values=values)
    return organisation


@transaction.atomic
def correct_organisation(
    *,
    actor: Viewer,
    organisation: Organisation,
    version: int,
    identifiers: Mapping[str, str] | None = None,
    **changes: Any,
) -> Organisation:
    """Correct name, trade, country, place, website, employees and numbers; kind is what it was registered as.

    `identifiers` given means: these and no others; an empty text removes a number. Raises `StaleVersion` when
    somebody else saved since `version` was shown.
    """
    if not policies.may_correct(actor, organisation):
        raise NotAllowed(_("You may not change these data. Ask the administrator of your company."))
    wanted = {name: changes[name] for name in CORRECTABLE if name in changes}
    cleaned, faults = rules.cleaned_identifiers(identifiers or {})
    fields: dict[str, Sentence] = {**faults}
    codes = {name: wanted.get(name, getattr(organisation, name)) for name in ("name", "subkind", "country")}
    fields.update(_wrong_codes(kind=organisation.kind, **codes))
    for scheme, value in cleaned.items():
        if Identifier.objects.filter(scheme=scheme, value=value).exclude(organisation=organisation).exists():
            fields[scheme] = _("This number cannot be used here. Check it, or ask the secretariat.")
    if fields:
        raise DomainError(_("The changes were not stored. Correct the marked fields."), fields=fields)
    changed = Organisation.objects.filter(pk=organisation.pk, version=version).update(version=version + 1, **wanted)
    if not changed:
        raise StaleVersion(_("Somebody else changed these data in the meantime. Compare and save again."))
    if identifiers is not None:
        Identifier.objects.filter(organisation=organisation).exclude(scheme__in=cleaned).delete()
        _store_identifiers(organisation, cleaned)
    organisation.refresh_from_db()
    values = {**wanted, **({"identifiers": cleaned} if identifiers is not None else {})}
    record(actor=actor, event="participants.organisation.corrected", subject=organisation, values=values)
    events.organisation_corrected.send(Organisation, organisation=organisation, actor=actor)
    return organisation


@transaction.atomic
def set_holding(*, actor: Viewer, organisation: Organisation, version: int, holding: str) -> Organisation:
    """Say to which group of companies an organisation belongs; an empty text says that none is known.

    Companies of one holding count as one where a figure needs enough contributors. Raises `StaleVersion` when somebody
    else saved since `version` was shown.
    """
    if not policies.may_set_holding(actor, organisation):
        raise NotAllowed(_("Only the secretariat says to which group of companies a member belongs."))
    before, holding = organisation.holding, " ".join(holding.split())
    here = Organisation.objects.filter(pk=organisation.pk, version=version)
    if not here.update(version=version + 1, holding=holding):
        raise StaleVersion(_("Somebody else changed these data in the meantime. Compare and save again."))
    organisation.refresh_from_db()
    values = {"before": before, "after": holding}
    record(actor=actor, event="participants.organisation.holding_set", subject=organisation, values=values)
    return organisation


@transaction.atomic
def add_identifier(*, actor: Viewer, organisation: Organisation, scheme: str, value: str) -> Identifier:
    """Add or replace one number of an organisation; it is checked first and must be nobody else's."""
    if not policies.may_correct(actor, organisation):
        raise NotAllowed(_("You may not change these data. Ask the administrator of your company."))
    cleaned, faults = rules.cleaned_identifiers({scheme: value})
    if faults or not cleaned:
        raise DomainError(faults.get(scheme) or _("Fill in the number."), fields=faults)
    if Identifier.objects.filter(scheme=scheme, value=cleaned[scheme]).exclude(organisation=organisation).exists():
        raise DomainError(_("This number cannot be used here. Check it, or ask the secretariat."))
    _store_identifiers(organisation, cleaned)
    record(
        actor=actor,
        event="participants.organisation.corrected",
        subject=organisation,
        values={"identifiers": cleaned},
    )
    return organisation.identifiers.get(scheme=scheme)


@transaction.atomic
def invite_person(
    *, actor: Viewer, organisation: Organisation, email: str, name: str, role: str, language: str
) -> tuple[Invitation, str]:
    """Ask somebody to take a role at an organisation; accounts sends the message after commit.

    Returns the invitation and its token, which is stored nowhere. The right to give the role is checked here,
    once.
    """
    if role not in {one.code for one in policies.roles_to_invite(actor, organisation)}:
        raise NotAllowed(_("You may not invite people to this role. Ask the administrator or the secretariat."))
    invitation, token = accounts.invite(
        actor=actor,
        email=email,
        name=name,
        role=role,
        scope_kind=ORGANISATION,
        scope_key=str(organisation.pk),
        language=language,
    )
    values = {"organisation": organisation.pk, "role": role, "email": invitation.email}
    record(actor=actor, event="participants.person.invited", subject=invitation, values=values)
    return invitation, token


@transaction.atomic
def withdraw_invitation(*, actor: Viewer, organisation: Organisation, invitation: Invitation) -> None:
    """Make an invitation that was not accepted yet worthless at once."""
    belongs = (invitation.scope_kind, invitation.scope_key) == (ORGANISATION, str(organisation.pk))
    if not belongs or not policies.may_end_role(actor, organisation, invitation.role):
        raise NotAllowed(_("You may not withdraw this invitation. Ask the administrator or the secretariat."))
    if not accounts.revoke(actor=actor, invitation=invitation):
        raise DomainError(_("This invitation was already accepted or withdrawn. Reload the page."))
    record(actor=actor, event="participants.invitation.withdrawn", subject=invitation)


@transaction.atomic
def end_role_of_person(*, actor: Viewer, organisation: Organisation, grant: Grant, reason: str) -> None:
    """End somebody's role at an organisation; the last administrator stays until another one has accepted."""
    belongs = (grant.scope_kind, grant.scope_key) == (ORGANISATION, str(organisation.pk))
    if not belongs or not policies.may_end_role(actor, organisation, grant.role):
        raise NotAllowed(_("You may not end this role. Ask the secretariat."))
    others = selectors.people_at(organisation.pk).filter(role=grant.role).exclude(pk=grant.pk)
    ends_own_access = policies.works_for(actor, organisation) and actor.person == grant.person
    if ends_own_access and not others.exists():
        raise DomainError(_("You are the last one with this role. Invite a successor first, or ask the secretariat."))
    access.take_away(actor=actor, grant=grant, reason=reason)


@transaction.atomic
def add_contact(
    *, actor: Viewer, organisation: Organisation, name: str, email: str = "", function: str = ""
) -> Contact:
    """Note somebody at an organisation who has no account."""
    if not policies.may_correct(actor, organisation):
        raise NotAllowed(_("You may not change these data. Ask the administrator of your company."))
    contact = Contact.objects.create(
        organisation=organisation,
        name=name.strip(),
        email=email.strip(),
        function=function.strip(),
        since=timezone.localdate(),
    )
    record(
        actor=actor,
        event="participants.contact.added",
        subject=contact,
        values={"organisation": organisation.pk},
    )
    return contact


def _wrong_codes(*, name: str, kind: str, subkind: str, country: str) -> dict[str, Sentence]:
    """Sentences for what reference data does not know, by field."""
    wrong: dict[str, Sentence] = {}
    if not name.strip():
        wrong["name"] = _("Fill in the name.")
    known = reference.organisation_kind(kind)
    if known is None:
        wrong["kind"] = _("Choose a kind from the list.")
    elif subkind and subkind not in {one.code for one in known.subkinds}:
        wrong["subkind"] = _("Choose a trade or kind of authority from the list that fits this kind.")
    if reference.country(country) is None:
        wrong["country"] = _("Choose a country from the list.")
    return wrong


def _store_identifiers(organisation: Organisation, cleaned: Mapping[str, str]) -> None:
    for scheme, value in cleaned.items():
        Identifier.objects.update_or_create(
            organisation=organisation,
            scheme=scheme,
            defaults={"value": value, "checked_on": timezone.localdate()},
        )
