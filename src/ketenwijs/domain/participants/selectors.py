"""Reading organisations, their numbers and their people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from ketenwijs.domain.participants import policies
from ketenwijs.domain.participants.models import Contact, Identifier, Organisation
from ketenwijs.domain.participants.rules import Company, one_number_per_group
from ketenwijs.foundation.access.fence import organisations_within
from ketenwijs.foundation.access.models import Grant
from ketenwijs.foundation.access.selectors import organisations_to_choose
from ketenwijs.foundation.access.viewer import ORGANISATION, Viewer
from ketenwijs.foundation.accounts.models import Invitation

NAME = "name_acted_for"


@dataclass(frozen=True)
class PeopleOfOrganisation:
    """Everybody at an organisation: roles held now, invitations not yet accepted, contacts without an
    account.
    """

    grants: list[Grant]
    invitations: list[Invitation]
    contacts: list[Contact]


def organisations_visible_to(viewer: Viewer, kind: str | None = None) -> QuerySet[Organisation]:
    """Organisations whose data the viewer may see, by name: the one acted for and those of the viewer's
    agreements.
    """
    found = Organisation.objects.order_by("name", "pk")
    if not viewer.is_system:
        found = found.filter(pk__in=organisations_within(viewer))
    return found.filter(kind=kind) if kind else found


def organisation_for(viewer: Viewer, reference: str) -> Organisation | None:
    """The organisation behind an address, with its numbers; None when absent or not the viewer's to see."""
    found = Organisation.objects.filter(reference=reference).prefetch_related(
        Prefetch("identifiers", Identifier.objects.order_by("scheme"))
    )
    organisation = found.first()
    return organisation if organisation and policies.may_see(viewer, organisation) else None


def own_organisation(viewer: Viewer) -> Organisation | None:
    """The organisation the viewer acts for."""
    return Organisation.objects.filter(pk=viewer.acting_for).first() if viewer.acting_for else None


def name_acted_for(viewer: Viewer) -> str:
    """The name of the organisation the viewer acts for, for the head of every page; empty without one.

    One query, none after `remember_name`.
    """
    if viewer.acting_for is None:
        return ""
    if NAME not in viewer.kept:
        found = Organisation.objects.filter(pk=viewer.acting_for).values_list("name", flat=True).first()
        viewer.kept[NAME] = found or ""
    return viewer.kept[NAME]


def remember_name(viewer: Viewer, organisation: Organisation) -> None:
    """Keep the name of an organisation that was read anyway, when it is the one the viewer acts for."""
    if organisation.pk == viewer.acting_for:
        viewer.kept[NAME] = organisation.name


def organisations_to_act_for(viewer: Viewer) -> list[Organisation]:
    """Organisations the person behind the viewer holds a role in, by name; they choose one per session."""
    if viewer.person is None:
        return []
    return list(Organisation.objects.filter(pk__in=organisations_to_choose(viewer.person)).order_by("name", "pk"))


def identifiers_of(organisation: Organisation) -> dict[str, str]:
    """Numbers by scheme; prefetched identifiers cost no query."""
    return {one.scheme: one.value for one in sorted(organisation.identifiers.all(), key=lambda one: one.scheme)}


def organisation_with(identifiers: dict[str, str]) -> Organisation | None:
    """The organisation that carries one of these (cleaned) numbers. For services: nothing of it may reach a
    firm.
    """
    for scheme, value in sorted(identifiers.items()):
        known = Identifier.objects.filter(scheme=scheme, value=value).select_related("organisation").first()
        if known:
            return known.organisation
    return None


def company_groups(pks: Iterable[int]) -> dict[int, int]:
    """For each of these organisations a number that all of its holding share; one query, only numbers leave.

    For counting contributors: whoever asks checks its own right, and shows no number but a count.
    """
    found = Organisation.objects.filter(pk__in=list(pks)).values_list("pk", "name", "holding")
    return one_number_per_group(Company(pk, name, holding) for pk, name, holding in found)


def of_same_group(viewer: Viewer, organisation: Organisation) -> list[Organisation]:
    """The other organisations that count as one with this, among those the viewer may see; by name. One query."""
    seen = list(organisations_visible_to(viewer))
    number = one_number_per_group(Company(one.pk, one.name, one.holding) for one in seen)
    return [one for one in seen if one != organisation and number[one.pk] == number.get(organisation.pk)]


def people_of(viewer: Viewer, organisation: Organisation) -> PeopleOfOrganisation:
    """People of an organisation the viewer may see; empty for everybody else. Three queries."""
    if not policies.may_see(viewer, organisation):
        return PeopleOfOrganisation([], [], [])
    key = {"scope_kind": ORGANISATION, "scope_key": str(organisation.pk)}
    grants = Grant.objects.filter(ended_at__isnull=True, **key).select_related("person").order_by("person__name", "pk")
    invitations = Invitation.objects.filter(accepted_at__isnull=True, revoked_at__isnull=True, **key)
    contacts = Contact.objects.filter(organisation=organisation, until__isnull=True, person__isnull=True)
    return PeopleOfOrganisation(list(grants), list(invitations.order_by("name", "pk")), list(contacts.order_by("name")))


def people_at(organisation_pk: int) -> QuerySet[Grant]:
    """Roles held now within an organisation, with the people; for messages and reminders."""
    found = Grant.objects.filter(ended_at__isnull=True, scope_kind=ORGANISATION, scope_key=str(organisation_pk))
    return found.select_related("person").order_by("person__name", "pk")
