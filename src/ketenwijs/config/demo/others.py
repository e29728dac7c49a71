"""Example rounds of the other agreements, one for each way of measuring; the same screens, invented participants."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

from ketenwijs.config.demo import firm_year, people, production
from ketenwijs.config.demo.definitions import OtherRound, WorldFile
from ketenwijs.config.demo.rounds import REASON, workspace_of
from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.agreements.parts import parts_for
from ketenwijs.domain.agreements.rules import NONE, ReportYear
from ketenwijs.domain.agreements.selectors import definition_of, report_year
from ketenwijs.domain.agreements.services import join
from ketenwijs.domain.assessments import services
from ketenwijs.domain.assessments.comparison import comparison_for
from ketenwijs.domain.assessments.instruments import instrument_of, outcome_choices, proposal_for
from ketenwijs.domain.assessments.models import Dossier
from ketenwijs.domain.assessments.sizes import size_asked
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.domain.participants.services import register_organisation
from ketenwijs.foundation.access.fence import fenced_for, unfenced
from ketenwijs.foundation.access.selectors import viewer_of
from ketenwijs.foundation.access.services import give
from ketenwijs.foundation.access.viewer import Viewer, agreement_scope

STAFF = (("lead", "secretariat_lead"), ("assessor", "assessor"), ("reader", "assessor"))
LEAD = {"nl": "coördinator", "fr": "coordinatrice", "en": "lead"}
FIRST_ACCOUNT = 50


def build(actor: Viewer, agreements: list[Agreement], world: WorldFile, today: date) -> None:
    """Every round that the data file names; an agreement whose package is not there is passed over."""
    by_slug = {one.slug: one for one in agreements}
    for position, wanted in enumerate(world.other_rounds):
        agreement = by_slug.get(wanted.agreement)
        year = report_year(agreement, wanted.year) if agreement else None
        if agreement is None or year is None:
            raise RuntimeError(f"the demonstration names a round that no package has: {wanted.agreement} {wanted.year}")
        _build_one(actor, agreement, year, wanted, world, today, FIRST_ACCOUNT + 2 * position)


def _build_one(
    actor: Viewer,
    agreement: Agreement,
    year: ReportYear,
    wanted: OtherRound,
    world: WorldFile,
    today: date,
    position: int,
) -> None:
    staff = _staff(actor, agreement, world, position)
    with unfenced(reason="filling the demonstration"):
        firms = _participants(actor, agreement, year, wanted, world)
    with fenced_for(staff["lead"]):
        opened = services.open_round(actor=staff["lead"], agreement=agreement, year=year)
    with unfenced(reason="filling the demonstration"):
        rows = Dossier.objects.filter(round=opened).order_by("pk")
        dossiers = list(rows.select_related("organisation", "round__agreement", "round__edition", "membership"))
    production.build(
        staff["lead"],
        [(firms[one.organisation_id], one) for one in dossiers[1:] if one.organisation_id in firms],
        wanted,
        today,
    )
    for number, dossier in enumerate(dossiers):
        if dossier.organisation_id not in firms or number == 0:
            continue
        firm = firms[dossier.organisation_id]
        _fill_in(firm, dossier, wanted, number, today)
        with fenced_for(staff["lead"]):
            dossier.refresh_from_db()
            if number % 4 != 3:
                _judge(staff, firm, dossier, today)
    _show(agreement, firms, dossiers, position)


def _staff(actor: Viewer, agreement: Agreement, world: WorldFile, position: int) -> dict[str, Viewer]:
    name = definition_of(agreement).name
    viewers = {}
    for number, (key, role) in enumerate(STAFF):
        person = people.person_named(f"{key}-{agreement.slug}", world.people[(position + number) % len(world.people)])
        give(actor=actor, person=person, role=role, scope=agreement_scope(agreement.slug))
        viewers[key] = viewer_of(person)
        if key == "lead":
            shown = {language: f"{name.in_language(language)}: {word}" for language, word in LEAD.items()}
            people.show(person, shown, position)
    return viewers


def _participants(
    actor: Viewer, agreement: Agreement, year: ReportYear, wanted: OtherRound, world: WorldFile
) -> dict[int, Viewer]:
    """Invented participants spread over the groups that report, and a few firms of the first agreement besides."""
    groups = [group.code for group in definition_of(agreement).groups if group.report != NONE]
    firms: dict[int, Viewer] = {}
    for number, name in enumerate(wanted.names):
        organisation = register_organisation(
            actor=actor,
            name=name,
            kind="company",
            subkind=wanted.subkind,
            country="NL",
            place=world.places["NL"][number % len(world.places["NL"])],
            is_example=True,
        )
        joined = year.starts_on - timedelta(days=400 + 365 * (number % 3))
        _join(actor, agreement, organisation, joined, groups[number % len(groups)])
        name_of_person = world.people[number % len(world.people)]
        firms[organisation.pk] = people.for_firm(actor, organisation, "company_admin", name_of_person)
    others = Organisation.objects.filter(kind="company", memberships__groups__isnull=False).exclude(pk__in=firms)
    for organisation in others.order_by("pk").distinct()[: wanted.joins]:
        _join(actor, agreement, organisation, year.starts_on, groups[0])
    return firms


def _join(actor: Viewer, agreement: Agreement, organisation: Organisation, on: date, group: str) -> None:
    first_day = min(term.starts_on for term in definition_of(agreement).terms)
    join(
        actor=actor,
        agreement=agreement,
        organisation=organisation,
        kind=Membership.Kind.PARTICIPANT,
        joined_on=max(on, first_day),
        group=group,
    )


def _fill_in(firm: Viewer, dossier: Dossier, wanted: OtherRound, number: int, today: date) -> None:
    """Answers, the plan where one is asked, the size where it is measured; then handed in."""
    with fenced_for(firm):
        asked = {part.code for part in parts_for(workspace_of(firm, dossier))}
        if size_asked(dossier) is not None:
            chance = random.Random(number)  # noqa: S311 - repeatable example data
            size = Decimal(chance.randint(wanted.largest_size // 50, wanted.largest_size))
            services.record_size(actor=firm, dossier=dossier, value=size)
        firm_year.answer_questions(firm, workspace_of(firm, dossier), number, strong=number % 3 != 1)
        if "plan" in asked:
            firm_year.write_plan(firm, workspace_of(firm, dossier), today, publish=False)
        services.hand_in(actor=firm, dossier=dossier, workspace=workspace_of(firm, dossier))


def _judge(staff: dict[str, Viewer], firm: Viewer, dossier: Dossier, today: date) -> None:
    """All the way to the outcome, where the instrument has one for each participant."""
    instrument = instrument_of(dossier)
    if not instrument.is_judged:
        return
    for code, row in comparison_for(dossier).items():
        value = (row.answer or {}).get("value")
        positive = value == "yes" or (
            isinstance(value, int | float) and value >= (row.applicable.requirement.minimum or 1)
        )
        most = row.most_points or 0
        points = (min(int(value), most) if isinstance(value, int | float) else most * positive) if most else None
        verdict = "met" if positive else "partly"
        services.judge(
            actor=staff["assessor"],
            dossier=dossier,
            requirement=code,
            verdict="" if instrument.has_points else verdict,
            reason=REASON,
            version=0,
            points=points,
        )
    services.send_findings(actor=staff["assessor"], dossier=dossier, today=today)
    with fenced_for(firm):
        services.finish_reply(actor=firm, dossier=dossier)
    dossier.refresh_from_db()
    value = proposal_for(dossier).value or outcome_choices(dossier)[0][0]
    services.decide(actor=staff["assessor"], dossier=dossier, value=value, reason=REASON)
    services.confirm(actor=staff["reader"], dossier=dossier)
    services.publish(actor=staff["reader"], dossier=dossier, on=today)


def _show(agreement: Agreement, firms: dict[int, Viewer], dossiers: list[Dossier], position: int) -> None:
    """The first participant has everything still to do; it stands on the sign-in page."""
    first = next((one for one in dossiers if one.organisation_id in firms), None)
    person = firms[first.organisation_id].person if first else None
    if person is not None and first is not None:
        name = definition_of(agreement).name
        words = {
            language: f"{name.in_language(language)}: {first.organisation.name}" for language in ("nl", "fr", "en")
        }
        people.show(person, words, position + 1)
