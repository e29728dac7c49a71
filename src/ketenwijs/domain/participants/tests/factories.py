"""Invented organisations and people for the tests of this app; it knows no agreement."""

from __future__ import annotations

from ketenwijs.domain.participants.models import Organisation
from ketenwijs.domain.participants.services import register_organisation
from ketenwijs.foundation.access.selectors import viewer_of
from ketenwijs.foundation.access.services import give
from ketenwijs.foundation.access.viewer import Scope, Viewer, agreement_scope, organisation_scope, system
from ketenwijs.foundation.accounts.models import Person

ROBOT = system("tests")


def company(name: str = "Voorbeeld Steen BV", **fields: object) -> Organisation:
    """An invented company."""
    facts = {"kind": "company", "subkind": "importer", "country": "NL", "is_example": True, **fields}
    return register_organisation(actor=ROBOT, name=name, **facts)


def viewer_with(role: str, scope: Scope, name: str = "") -> Viewer:
    """Somebody new with one role."""
    address = f"{name or role}.{scope.key}@example.org"
    person = Person.objects.create_user(address, "long enough password", name=(name or role).capitalize())
    give(actor=ROBOT, person=person, role=role, scope=scope)
    return viewer_of(person)


def worker(organisation: Organisation, role: str = "company_admin", name: str = "") -> Viewer:
    """Somebody at an organisation."""
    return viewer_with(role, organisation_scope(organisation.pk), name)


def staff(role: str = "secretariat_lead", agreement: str = "example") -> Viewer:
    """Somebody of a secretariat."""
    return viewer_with(role, agreement_scope(agreement))
