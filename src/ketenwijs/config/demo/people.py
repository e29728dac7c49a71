"""The people of the demonstration: one account per role, and one person per firm to act for it."""

from __future__ import annotations

from ketenwijs.config.demo.definitions import WorldFile
from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.access.selectors import viewer_of
from ketenwijs.foundation.access.services import give
from ketenwijs.foundation.access.viewer import INSTALLATION, Scope, Viewer, agreement_scope, organisation_scope
from ketenwijs.foundation.accounts.models import DemoAccount, Person

STAFF = (
    ("lead", "secretariat_lead", {
        "nl": "coördinator van het secretariaat", "fr": "coordinatrice du secrétariat", "en": "lead of the secretariat",
    }),
    ("assessor", "assessor", {"nl": "beoordelaar", "fr": "évaluateur", "en": "assessor"}),
    ("reader", "assessor", {"nl": "tweede lezer", "fr": "second lecteur", "en": "second reader"}),
    ("adviser", "adviser", {"nl": "adviseur", "fr": "conseiller", "en": "adviser"}),
    ("steering", "steering_member", {"nl": "lid van de stuurgroep", "fr": "membre du comité de pilotage", "en": "steering group member"}),
    ("party", "party_member", {"nl": "vertegenwoordiger van een partij", "fr": "représentant d'une partie", "en": "party representative"}),
    ("auditor", "auditor", {"nl": "controleur", "fr": "auditeur", "en": "auditor"}),
)  # fmt: skip


def person_named(key: str, name: str) -> Person:
    """A person of the demonstration; no password, so only the one-press sign-in works."""
    address = f"{key}@voorbeeld.example"
    return Person.objects.filter(email=address).first() or Person.objects.create_user(address, None, name=name)


def show(person: Person, role: dict[str, str], position: int) -> None:
    """List the person on the sign-in page of the demonstration."""
    DemoAccount.objects.update_or_create(person=person, defaults={"role": role, "position": position})


def staff(actor: Viewer, agreement: Agreement, world: WorldFile) -> dict[str, Viewer]:
    """The secretariat and the others around an agreement, by key."""
    viewers = {}
    for number, (key, role, words) in enumerate(STAFF):
        person = person_named(key, world.people[number])
        give(actor=actor, person=person, role=role, scope=agreement_scope(agreement.slug))
        show(person, words, 20 + number)
        viewers[key] = viewer_of(person)
    operator = person_named("operator", world.people[len(STAFF)])
    give(actor=actor, person=operator, role="operator", scope=Scope(INSTALLATION, "all"))
    show(operator, {"nl": "technisch beheerder", "fr": "exploitant", "en": "operator"}, 40)
    maker = person_named("agreement-maker", world.people[(len(STAFF) + 1) % len(world.people)])
    give(actor=actor, person=maker, role="agreement_maker", scope=Scope(INSTALLATION, "all"))
    show(maker, {"nl": "beheerder van convenanten", "fr": "gestionnaire des accords", "en": "maker of agreements"}, 41)
    return viewers


def for_firm(actor: Viewer, organisation: Organisation, role: str, name: str) -> Viewer:
    """Somebody who acts for an organisation."""
    person = person_named(f"{role.replace('_', '-')}-{organisation.reference}", name)
    give(actor=actor, person=person, role=role, scope=organisation_scope(organisation.pk))
    return viewer_of(person, acting_for=organisation.pk)
