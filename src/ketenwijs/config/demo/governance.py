"""The governance of the demonstration agreement: invented records, each labelled as example, made by ordinary services."""

from __future__ import annotations

import io
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from docx import Document

from ketenwijs.domain.agreements.definitions import AgreementFile
from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.selectors import definition_of, report_years
from ketenwijs.domain.governance import services
from ketenwijs.domain.governance.models import Body, Commitment, Decision, Goal, Meeting
from ketenwijs.foundation.access.viewer import Viewer

HOLDERS = (
    "Marijke Voorbeeld", "Wout Exempel", "Saskia Proefstuk", "Thijs Voorbeeld", "Leen Exempel", "Omar Proefstuk",
    "Hilde Voorbeeld", "Ruben Exempel", "Fleur Proefstuk", "Yasmin Voorbeeld",
)  # fmt: skip
WORKING_GROUPS = (
    ("Werkgroep arbeidsrechten", "Bereidt gesprekken met vakbonden in productielanden voor."),
    ("Werkgroep opschaling", "Zoekt samenwerking met initiatieven in andere landen."),
)
GOALS = (
    ("Ketens in beeld", "Deelnemers weten waar hun materiaal vandaan komt, tot de eerste schakel."),
    ("Minder misstanden", "Arbeidsomstandigheden verbeteren aantoonbaar in de gekozen gebieden."),
    ("Meer vraag", "Overheden kopen vaker in met sociale voorwaarden."),
)
# Title, state it reached, days until due, contribution per goal; in the shape an evaluation counts them.
COMMITMENTS: tuple[tuple[str, str, int, tuple[str, ...]], ...] = (
    ("Handreiking voor gesprekken met leveranciers", "done", -500, ("some", "much", "none")),
    ("Training voor nieuwe deelnemers, twee keer per jaar", "done", -420, ("much", "some", "none")),
    ("Voorbeeldteksten voor bestekken", "done", -380, ("none", "none", "much")),
    ("Gezamenlijk bezoek aan een productiegebied", "done", -300, ("some", "much", "none")),
    ("Lijst van productiegebieden openbaar maken", "done", -260, ("much", "some", "some")),
    ("Gesprek met vakbonden in twee productielanden", "done", -200, ("none", "much", "unknown")),
    ("Informatiepunt voor inkopers", "done", -150, ("none", "unknown", "much")),
    ("Onderzoek naar leefbaar loon in één gebied", "started", -20, ("none", "unknown", "none")),
    ("Medische keuringen bij vijf leveranciers", "started", 120, ("none", "some", "none")),
    ("Vergelijking met kaders van andere initiatieven", "started", 200, ()),
    ("Vier nieuwe overheden aansluiten", "planned", 240, ()),
    ("Meldpunt bekendmaken op dertig locaties", "planned", -10, ()),
    ("Gezamenlijke inkoopbijeenkomst", "dropped", -90, ()),
)
LINES = (
    ("I1", "Bijdragen van deelnemers", "income", "96000", "98400"),
    ("I2", "Subsidies", "income", "120000", "120000"),
    ("I3", "Bijdragen van partijen", "income", "34000", "34000"),
    ("K1", "Secretariaat", "cost", "150000", "146250"),
    ("K2", "Projecten", "cost", "62000", "58900.50"),
    ("K3", "Beoordeling en advies", "cost", "28000", "30120"),
    ("K4", "Klachten en geschillen", "cost", "10000", "4500"),
)


def fill_governance(agreement: Agreement, *, lead: Viewer, today: date) -> None:
    """Bodies with seats, meetings with papers, decisions, commitments with ratings, two budgets, checks and subsidies.

    `lead` manages the agreement's governance. Everything is invented and carries the label example; nobody's membership
    is touched.
    """
    definition = definition_of(agreement)
    steering, working = _bodies(agreement, lead, definition, today)
    meetings = _meetings(lead, steering, working, today)
    programme = _decisions(lead, steering, meetings[0], definition, today)
    _commitments(agreement, lead, steering, programme, definition, today)
    _budgets(agreement, lead, today)
    _checks_and_subsidies(agreement, lead, today)


def _bodies(agreement: Agreement, lead: Viewer, definition: AgreementFile, today: date) -> tuple[Body, list[Body]]:
    since = min((term.starts_on for term in definition.terms), default=today - timedelta(days=900))
    code = next((one.code for one in definition.bodies if one.kind == "steering_group"), "")
    words = {"name": "Stuurgroep", "kind": "steering_group", "code": code, "since": since,
             "task": "Stelt het beleid, de begroting en het werkprogramma vast."}  # fmt: skip
    steering = services.save_body(actor=lead, agreement=agreement, values=words, is_example=True)
    names = iter(HOLDERS * 3)
    _seat(lead, steering, "chair", "", next(names), since)
    _seat(lead, steering, "secretary", "", next(names), since)
    for section in definition.sections:
        for _number in range(2):
            _seat(lead, steering, "member", section.code, next(names), since)
    if definition.sections:
        _seat(lead, steering, "member", definition.sections[0].code, next(names), since, today - timedelta(days=200))
    groups = []
    for name, task in WORKING_GROUPS:
        values = {"name": name, "kind": "working_group", "since": since, "task": task}
        group = services.save_body(actor=lead, agreement=agreement, values=values, is_example=True)
        for section in definition.sections:
            _seat(lead, group, "member", section.code, next(names), since)
        groups.append(group)
    return steering, groups


def _seat(
    lead: Viewer, body: Body, role: str, section: str, holder: str, since: date, until: date | None = None
) -> None:
    values = {"role": role, "section": section, "holder": holder, "since": since, "until": until}
    services.save_seat(actor=lead, body=body, values=values)


def _meetings(lead: Viewer, steering: Body, working: list[Body], today: date) -> list[Meeting]:
    """Two approved, one held, one cancelled, two to come; latest held last."""
    held = []
    for number, ago in enumerate((330, 190, 40)):
        meeting = _meeting(lead, steering, today - timedelta(days=ago))
        services.add_paper(actor=lead, meeting=meeting, kind="paper", title="Vergaderstukken", upload=_paper("Stukken"))
        present = [seat for seat in steering.seats.all() if seat.is_held_on(meeting.day)]
        services.hold_meeting(actor=lead, meeting=meeting, present=present[: len(present) - number])
        services.add_paper(actor=lead, meeting=meeting, kind="minutes", title="Verslag", upload=_paper("Verslag"))
        if ago > 100:
            approved = meeting.day + timedelta(days=60)
            services.approve_minutes(actor=lead, meeting=meeting, approved_on=approved)
        held.append(meeting)
    cancelled = _meeting(lead, working[0], today - timedelta(days=70))
    services.cancel_meeting(actor=lead, meeting=cancelled, reason="Te weinig leden konden komen (voorbeeld).")
    services.add_paper(
        actor=lead, meeting=_meeting(lead, steering, today + timedelta(days=13)), kind="paper",
        title="Conceptbegroting", upload=_paper("Conceptbegroting"),
    )  # fmt: skip
    _meeting(lead, working[1], today + timedelta(days=34), online=True)
    return held


def _tuesday(day: date) -> date:
    """The Tuesday of that week: nobody meets on a Sunday."""
    return day + timedelta(days=1 - day.weekday())


def _meeting(lead: Viewer, body: Body, day: date, online: bool = False) -> Meeting:
    values = {
        "day": _tuesday(day), "starts_at": time(13, 30), "place": "" if online else "Utrecht", "is_online": online,
        "agenda": "1. Opening\n2. Voortgang van de afspraken\n3. Begroting en realisatie\n4. Rondvraag",
    }  # fmt: skip
    return services.save_meeting(actor=lead, body=body, values=values, is_example=True)


def _paper(title: str) -> tuple[str, bytes]:
    """A one-page document that says it is an example."""
    document, stream = Document(), io.BytesIO()
    document.add_heading(f"{title} (voorbeeld)", level=1)
    document.add_paragraph("Verzonnen stuk van de demonstratie.")
    document.save(stream)
    return f"{title.lower()}-voorbeeld.docx", stream.getvalue()


def _decisions(lead: Viewer, steering: Body, meeting: Meeting, definition: AgreementFile, today: date) -> Decision:
    """One of each way of deciding; gives the working programme that commitments refer to."""

    def record(kind: str, title: str, effect: str, **more: Any) -> Decision:
        values = {"title": title, "effect": effect, **more}
        before = values.pop("supersedes", None)
        return services.record_decision(
            actor=lead, body=steering, kind=kind, values=values, supersedes=before, today=today, is_example=True
        )

    by_consensus = {"by_consensus": True, "meeting": meeting}
    programme = record(
        "programme", "Werkprogramma vastgesteld", "De afspraken van dit programma gaan in.", **by_consensus
    )
    first = record("budget", "Begroting vastgesteld", "Het secretariaat voert de begroting uit.", **by_consensus)
    record(
        "budget", "Begroting herzien", "De projecten krijgen meer ruimte.", supersedes=first, votes_for=8,
        votes_against=1, votes_abstain=1, decided_on=today - timedelta(days=120),
        dissent="Eén geleding wilde eerst de realisatie van het halve jaar zien.",
    )  # fmt: skip
    record(
        "accession", "Toetreding van een maatschappelijke organisatie", "De organisatie krijgt een plaats in haar geleding.",
        party_name="Voorbeeldorganisatie", by_consensus=True, decided_on=today - timedelta(days=30),
        effective_on=today + timedelta(days=60),
    )  # fmt: skip
    for term in definition.terms:
        if term.extended_until and term.ends_on:
            record(
                "extension", "Termijn budgetneutraal verlengd", "De lopende projecten worden afgerond.", by_consensus=True,
                decided_on=min(term.ends_on - timedelta(days=60), today), term=term.code,
                new_end_on=term.extended_until,
            )  # fmt: skip
    return programme


def _commitments(
    agreement: Agreement, lead: Viewer, steering: Body, programme: Decision, definition: AgreementFile, today: date
) -> None:
    goals = [
        services.save_goal(actor=lead, agreement=agreement, values={"title": title, "text": text}, is_example=True)
        for title, text in GOALS
    ]
    sections = [section.code for section in definition.sections]
    for number, (title, state, days, ratings) in enumerate(COMMITMENTS):
        owner: dict[str, Any] = {"owner_kind": "body", "owner_body": steering}
        if sections and number % 3:
            owner = {"owner_kind": "section", "owner_section": sections[number % len(sections)]}
        values = {
            "title": title, "due_on": today + timedelta(days=days), "decision": programme,
            "specific": f"{title}, zoals in het werkprogramma beschreven (voorbeeld).",
            "measurable": "Het resultaat staat in het jaarverslag, met aantallen.",
            "ambitious": "Gaat verder dan wat de partijen al afzonderlijk deden.",
            "realistic": "Past binnen de begroting en de uren van het secretariaat.", **owner,
        }  # fmt: skip
        row = services.save_commitment(actor=lead, agreement=agreement, values=values, is_example=True)
        _bring_to(lead, row, state, today)
        _rate(lead, row, goals, ratings, today)


def _bring_to(lead: Viewer, row: Commitment, state: str, today: date) -> None:
    start = min(row.due_on, today) - timedelta(days=120)
    if state == "dropped":
        services.drop_commitment(actor=lead, commitment=row, reason="Ging op in een ander project (voorbeeld).")
    if state in ("started", "done"):
        services.start_commitment(actor=lead, commitment=row, on=start, today=today)
    if state == "done":
        result = "Uitgevoerd zoals afgesproken (voorbeeld)."
        services.finish_commitment(actor=lead, commitment=row, on=row.due_on, result=result, today=today)


def _rate(lead: Viewer, row: Commitment, goals: list[Goal], ratings: tuple[str, ...], today: date) -> None:
    for goal, value in zip(goals, ratings, strict=False):
        services.rate_contribution(
            actor=lead, commitment=row, goal=goal, value=value, rated_by="Voorbeeldevaluatie",
            rated_on=today - timedelta(days=15), today=today,
        )  # fmt: skip


def _budgets(agreement: Agreement, lead: Viewer, today: date) -> None:
    """The year that ended last with both amounts, the present one with a budget and half of its lines realised."""
    begun = [year for year in report_years(agreement) if year.starts_on <= today][-2:]
    for year in begun:
        for number, (code, name, kind, budgeted, realised) in enumerate(LINES):
            values = {"year": year.code, "code": code, "name": name, "kind": kind}
            line = services.save_line(actor=lead, agreement=agreement, values=values, is_example=True)
            services.record_amount(
                actor=lead, line=line, kind="budgeted", euros=Decimal(budgeted), on=min(year.starts_on, today),
                source="Voorbeeldbegroting", today=today,
            )  # fmt: skip
            if year.ends_on < today or number % 2 == 0:
                services.record_amount(
                    actor=lead, line=line, kind="realised", euros=Decimal(realised), on=min(year.ends_on, today),
                    source="Voorbeeldjaarrekening", today=today,
                )  # fmt: skip


def _checks_and_subsidies(agreement: Agreement, lead: Viewer, today: date) -> None:
    asked = today - timedelta(days=250)
    checks = (
        ("competition_authority", "Mededingingsautoriteit", "Mogen deelnemers samen een prijsonderzoek laten doen?",
         "Ja, zolang geen prijzen per bedrijf worden gedeeld (voorbeeld).", asked + timedelta(days=70)),
        ("ncp", "Nationaal Contactpunt", "Sluit de tekst aan bij de OESO-richtlijnen?", "", None),
    )  # fmt: skip
    for kind, by_whom, question, result, result_on in checks:
        values = {"kind": kind, "by_whom": by_whom, "question": question, "asked_on": asked, "result": result,
                  "result_on": result_on}  # fmt: skip
        services.save_check(actor=lead, agreement=agreement, values=values, is_example=True)
    for grantor, purpose, euros, state in (
        ("Voorbeeldfonds", "Secretariaat en projecten, drie jaar", "360000", "granted"),
        ("Voorbeeldministerie", "Opschaling naar andere landen", "80000", "asked"),
    ):
        values = {
            "grantor": grantor, "purpose": purpose, "euros": Decimal(euros), "starts_on": date(today.year - 1, 1, 1),
            "ends_on": date(today.year + 1, 12, 31), "state": state, "state_on": asked, "source": "Voorbeeldbrief",
        }  # fmt: skip
        services.save_subsidy(actor=lead, agreement=agreement, values=values, is_example=True)
