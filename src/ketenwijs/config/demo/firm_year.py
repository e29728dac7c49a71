"""One firm's year of work: its sheet, risks, answers and plan, through the same services as the pages."""

from __future__ import annotations

import csv
import io
import random
import zlib
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from ketenwijs.config.demo.definitions import Origin, WorldFile
from ketenwijs.domain.agreements.frameworks import Requirement
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.chains import services as chains
from ketenwijs.domain.plans import services as plans
from ketenwijs.domain.questionnaires import selectors as questions
from ketenwijs.domain.questionnaires import services as answers
from ketenwijs.domain.reference.selectors import in_eea
from ketenwijs.domain.risks import selectors as risk_selectors
from ketenwijs.domain.risks import services as risks
from ketenwijs.domain.risks.evidence import sources_in_cell
from ketenwijs.foundation.access.viewer import Viewer

EXPLANATION = "Vastgelegd in ons handboek, https://voorbeeld.example/handboek (voorbeeld)."
SHEET_COLUMNS = (
    "Leverancier", "Land van herkomst", "Steensoort", "Tonnage (ton)", "Fabriek", "Plaats fabriek", "Coördinaten fabriek",
    "Groeve", "Plaats groeve", "Coördinaten groeve",
)  # fmt: skip


def bring_in_chains(actor: Viewer, workspace: Workspace, world: WorldFile, seed: int) -> None:
    """Upload the firm's own sheet, look at it, take it over."""
    rows = _purchases(world, workspace.group, workspace.year.ends_on, random.Random(seed))  # noqa: S311 - repeatable example data
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(SHEET_COLUMNS)
    writer.writerows(rows)
    upload = SimpleUploadedFile(f"inkoop-{workspace.year.code}.csv", out.getvalue().encode("utf-8-sig"))
    batch = chains.take_in_sheet(actor=actor, workspace=workspace, upload=upload).batch
    chains.confirm_sheet(actor=actor, workspace=workspace, batch=batch, version=batch.version)


def _purchases(world: WorldFile, group: str, day: date, chance: random.Random) -> list[list[str]]:
    fitting = [one for one in world.origins if group == "C" or in_eea(one.country, day)]
    rows = []
    for origin in chance.sample(fitting, k=min(len(fitting), chance.randint(3, 6))):
        for number in range(chance.randint(2, 3)):
            rows.append(_purchase(origin, number, chance))
    return rows


def _purchase(origin: Origin, number: int, chance: random.Random) -> list[str]:
    supplier = f"{origin.suppliers[number % len(origin.suppliers)]} {chance.randint(1, 9)}"
    factory = chance.choice(origin.factories) if origin.factories and chance.random() < 0.92 else ""
    quarry = chance.choice(origin.quarries) if origin.quarries and chance.random() < 0.8 else ""
    factory_name = f"{supplier} fabriek {number + 1}" if factory else "onbekend"
    quarry_name = f"{quarry.split(',')[0]} groeve {number + 1}" if quarry else "onbekend"
    return [
        supplier,
        origin.country,
        origin.stones[number % len(origin.stones)],
        f"{chance.randint(80, 9000) / 10:.1f}".replace(".", ","),
        factory_name,
        factory,
        _near(origin, factory, factory_name),
        quarry_name,
        quarry,
        _near(origin, quarry, quarry_name),
    ]


def _near(origin: Origin, place: str, name: str) -> str:
    """A point within some kilometres of the place, the same for one name; empty where the data say nothing."""
    point = origin.points.get(place)
    if point is None:
        return ""
    seed = zlib.crc32(name.encode())
    north, east = seed % 101 - 50, seed // 101 % 101 - 50
    return f"{point[0] + north / 1000:.4f}, {point[1] + east / 1000:.4f}"


def weigh_risks(actor: Viewer, workspace: Workspace, seed: int) -> None:
    """Weigh every theme that is still open: heavier where the sources say something about stone."""
    chance = random.Random(seed)  # noqa: S311 - repeatable example data
    for place, themes in risk_selectors.unweighed(workspace, risk_selectors.themes_of(workspace)):
        weighings = {}
        for theme in themes:
            known = sources_in_cell(place.country, place.material, place.stage, theme)
            weighings[theme] = (0, _weighing(known, chance))
        risks.weigh_place(actor=actor, workspace=workspace, place=place, weighings=weighings)


def _weighing(known: int, chance: random.Random) -> dict[str, Any]:
    if not known and chance.random() < 0.2:
        return {"reason": "Nog niet bekend; navraag bij de leverancier loopt.", "involvement": "linked"}
    base = 3 if known else 1
    return {
        "scale": min(4, base + chance.randint(0, 1)),
        "scope": min(4, base + chance.randint(-1, 1)) or 1,
        "irremediability": min(4, base + chance.randint(0, 1)),
        "likelihood": min(4, base + chance.randint(-1, 0)) or 1,
        "involvement": "linked",
        "reason": f"{known} bron(nen) over steen uit dit land." if known else "Geen aanwijzing in de bronnen.",
        "source": "gebundelde bronnen",
    }


def answer_questions(actor: Viewer, workspace: Workspace, seed: int, strong: bool) -> None:
    """Answer every question; a strong firm mostly meets what is asked."""
    chance = random.Random(seed)  # noqa: S311 - repeatable example data
    for section in questions.sections_in(workspace):
        given = {}
        for question in section.questions:
            if question.requirement.answer == "fact" or (question.answer and not question.waits):
                continue
            value = _answer(question.requirement, fine=strong or chance.random() < 0.75)
            given[question.requirement.code] = (value, EXPLANATION, 0)
        answers.save_section(actor=actor, workspace=workspace, answers=given)


def _answer(requirement: Requirement, *, fine: bool) -> str:
    """What a firm that does well, or a little less, would fill in."""
    wanted = int(requirement.minimum or 2)
    return {
        "scale": str(wanted if fine else max(wanted - 1, 0)),
        "yes_no": "yes" if fine else "no",
        "number": str(wanted),
        "text": EXPLANATION,
    }[requirement.answer]


def write_plan(actor: Viewer, workspace: Workspace, today: date, publish: bool) -> None:
    """Two goals with measures, a public version, marked as ready and perhaps published."""
    plan = plans.plan_of(actor=actor, workspace=workspace)
    if not plan.goals.exists():
        for number, one in enumerate(risk_selectors.ranked(risk_selectors.risks_in(workspace))[:2]):
            _goal(actor, plan, one.risk, number, today)
    if not plan.goals.exists():
        _goal(actor, plan, None, 0, today, theme=next(iter(risk_selectors.themes_of(workspace)), ""))
    plan.refresh_from_db()
    plans.save_public_texts(
        actor=actor, plan=plan, version=plan.version,
        introduction="Met dit plan werken wij stap voor stap aan een keten zonder schade (voorbeeld).",
        policy="De directie is verantwoordelijk; inkoop voert uit (voorbeeld).",
    )  # fmt: skip
    plan.refresh_from_db()
    plans.mark_ready(actor=actor, plan=plan)
    if publish:
        plans.publish(actor=actor, plan=plan, on=today)


def _goal(actor: Viewer, plan: Any, risk: Any, number: int, today: date, theme: str = "") -> None:
    values = {
        "risk": risk,
        "theme": risk.theme if risk else theme,
        "country": risk.country if risk else "",
        "title": "Bij onze grootste leverancier weten wij hoe er wordt gewerkt en wat er beter moet",
        "for_whom": "werknemers in groeve en fabriek",
        "indicator": "aantal locaties met een bezoek of gesprek met werknemers",
        "baseline": "0 locaties",
        "target": f"{number + 2} locaties",
        "due_on": date(today.year + 1, 9, 30),
        "owner": "inkoop",
        "means": "twee reizen, hulp van het secretariaat",
        "is_public": True,
    }
    goal = plans.save_goal(actor=actor, plan=plan, values=values)
    for what in ("Leverancier bezoeken samen met een lokale organisatie", "Afspraken vastleggen in het contract"):
        plans.save_measure(
            actor=actor, goal=goal,
            values={"what": what, "influence": "build", "due_on": date(today.year + 1, 6, 30), "is_public": True},
        )  # fmt: skip
