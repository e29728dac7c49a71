"""Building the demonstration world from an empty database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from ketenwijs.config.demo import others, people, register, rounds
from ketenwijs.config.demo.awareness import fill_awareness
from ketenwijs.config.demo.definitions import WorldFile, world_file
from ketenwijs.config.demo.governance import fill_governance
from ketenwijs.config.demo.locations import fill_locations
from ketenwijs.config.demo.sitereports import fill_reports
from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.agreements.rules import ReportYear
from ketenwijs.domain.agreements.selectors import definition_of, report_year
from ketenwijs.domain.agreements.services import sync_agreements
from ketenwijs.domain.assessments import services as assessments
from ketenwijs.domain.assessments.models import Dossier, Round
from ketenwijs.domain.chains.services import publish_areas
from ketenwijs.domain.procurement import services as procurement
from ketenwijs.domain.reports import services as reports
from ketenwijs.foundation.access.fence import fenced_for, unfenced
from ketenwijs.foundation.access.viewer import Viewer, system
from ketenwijs.foundation.content.services import apply_directory
from ketenwijs.foundation.mail.services import hold_back_all

# Where this year's reports stand, repeated over the firms; the first firm's is left for the visitor to do.
STATES = (
    "draft",
    "published",
    "handed_in",
    "hearing",
    "final",
    "decided",
    "confirmed",
    "published",
    "draft",
    "handed_in",
)
Tell = Callable[[str], None]


def is_there() -> bool:
    """Whether this database holds anything already."""
    return Agreement.objects.exists()


def build(tell: Tell) -> None:
    """Fill an empty database; refused unless the demonstration settings are on."""
    if not settings.DEMO:
        raise RuntimeError("the demonstration is refused under these settings")
    world, actor, today = world_file(), system("demo"), timezone.localdate()
    apply_directory(actor=actor, root=Path(settings.CONTENT_DIR))
    with unfenced(reason="filling the demonstration"):
        agreements = sync_agreements(actor=actor)
        agreement = next(one for one in agreements if one.slug == world.agreement)
        staff = people.staff(actor, agreement, world)
        register.bring_in(actor, agreement, world)
    tell("register: firms and authorities are in")
    firms = _firms(actor, agreement, world)
    _authority_at_work(actor, agreement, world)
    lead = staff["lead"]
    with fenced_for(lead):
        assessments.record_year_without_round(
            actor=lead, agreement=agreement, year=_year(agreement, world.year_without_round)
        )
        first = assessments.open_round(actor=lead, agreement=agreement, year=_year(agreement, world.first_year))
    for number, dossier in enumerate(_dossiers(first)):
        firm = firms[dossier.organisation_id]
        rounds.fill_in(firm, dossier, world, number, today - timedelta(days=300), publish=True)
        rounds.judge_until("published", dossier, firm, staff, today - timedelta(days=280))
    tell("last year's round is judged and published")
    with fenced_for(lead):
        assessments.close_round(actor=lead, round_=first)
        present = assessments.open_round(actor=lead, agreement=agreement, year=_year(agreement, world.present_year))
    for number, dossier in enumerate(_dossiers(present)):
        state = STATES[number % len(STATES)]
        if number == 0:
            continue
        firm = firms[dossier.organisation_id]
        if state != "draft" or number % 2:
            rounds.bring_along(firm, dossier, number, today, publish=state == "published")
        rounds.judge_until(state, dossier, firm, staff, today)
    _show_firms(agreement, firms, _dossiers(present))
    tell("this year's round is under way")
    with fenced_for(lead):
        publish_areas(actor=lead, agreement=agreement, year=_year(agreement, world.first_year), today=today)
        fill_governance(agreement, lead=lead, today=today)
        fill_reports(agreement, lead=lead, today=today)
        fill_locations(agreement, lead=lead)
    fill_awareness(agreement, _dossiers(present), firms, lead=lead, today=today)
    _report_of_the_year_without_round(agreement, staff, world)
    others.build(actor, agreements, world, today)
    if world.other_rounds:
        tell("an example round of each other way of measuring is there")
    hold_back_all()


def _report_of_the_year_without_round(agreement: Agreement, staff: dict[str, Viewer], world: WorldFile) -> None:
    """The annual report on the published figures of the year without a round: drafted by one person, released by another."""
    year = _year(agreement, world.year_without_round)
    with fenced_for(staff["lead"]):
        draft = reports.make_release(
            actor=staff["adviser"], agreement=agreement, year=year.code, reference_date=year.ends_on
        )
        reports.release(actor=staff["lead"], release=draft)


def _year(agreement: Agreement, code: str) -> ReportYear:
    found = report_year(agreement, code)
    if found is None:
        raise RuntimeError(f"the calendar has no year {code}")
    return found


def _dossiers(round_: Round) -> list[Dossier]:
    with unfenced(reason="filling the demonstration"):
        rows = Dossier.objects.filter(round=round_).select_related(
            "organisation", "round__agreement", "round__edition", "membership"
        )
        return sorted(rows, key=lambda one: (one.kind != Dossier.Kind.FULL, one.pk))


def _firms(actor: Viewer, agreement: Agreement, world: WorldFile) -> dict[int, Viewer]:
    """An administrator for every firm, by organisation."""
    members = Membership.objects.filter(agreement=agreement, kind=Membership.Kind.PARTICIPANT)
    return {
        member.organisation_id: people.for_firm(
            actor, member.organisation, "company_admin", world.people[number % len(world.people)]
        )
        for number, member in enumerate(members.select_related("organisation").order_by("pk"))
    }


def _show_firms(agreement: Agreement, firms: dict[int, Viewer], dossiers: list[Dossier]) -> None:
    """Put four firms on the sign-in page: one to do the year with, one in hearing, one of each other group."""
    shown: dict[int, dict[str, str]] = {
        dossiers[0].organisation_id: {
            "nl": "importeur, nog niets gewijzigd sinds vorig jaar", "fr": "importateur, rien n'a changé depuis l'an dernier",
            "en": "importer, nothing changed since last year",
        }
    }  # fmt: skip
    hearing = next(
        (one for number, one in enumerate(dossiers) if number and STATES[number % len(STATES)] == "hearing"), None
    )
    if hearing:
        shown[hearing.organisation_id] = {
            "nl": "importeur met voorlopige beoordeling", "fr": "importateur avec une évaluation provisoire",
            "en": "importer with draft findings",
        }  # fmt: skip
    for group in definition_of(agreement).groups:
        member = Membership.objects.filter(agreement=agreement, groups__group=group.code).order_by("pk").first()
        if member and member.organisation_id not in shown:
            shown[member.organisation_id] = group.name.by_language
    for position, (organisation, role) in enumerate(shown.items()):
        person = firms[organisation].person
        if person:
            people.show(person, role, position)


def _authority_at_work(actor: Viewer, agreement: Agreement, world: WorldFile) -> None:
    member = (
        Membership.objects.filter(agreement=agreement, kind=Membership.Kind.AUTHORITY)
        .select_related("organisation")
        .first()
    )
    if member is None:
        return
    viewer = people.for_firm(actor, member.organisation, "authority_user", world.people[-1])
    if viewer.person:
        words = {"nl": "aanbestedende dienst", "fr": "pouvoir adjudicateur", "en": "contracting authority"}
        people.show(viewer.person, {k: f"{v}: {member.organisation.name}" for k, v in words.items()}, 30)
    for kind, about in (("individual_supplier", "een leverancier"), ("country_risk", "India")):
        procurement.ask(
            actor=viewer, agreement=agreement, authority=member.organisation, kind=kind, about=about,
            question="Hoe kunnen wij dit in ons bestek opnemen? (voorbeeld)", asked_on=timezone.localdate(),
        )  # fmt: skip
