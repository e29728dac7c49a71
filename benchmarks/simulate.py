"""Processor time of trying out a draft edition on a finished round of 1,000 and of 10,000 reports, and the ratio of the two.

Run on demand: `python benchmarks/simulate.py [reports]`. Works on SQLite in a throw-away folder and prints seconds and
ratios, never a verdict. Sixty requirements, of which fifteen ask more, ten are new and two depend on the firm's own
figures; every report carries answers with words, chains and risks as handed in.
"""

from __future__ import annotations

import logging
import os
import random
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(tempfile.mkdtemp(prefix="ketenwijs-bench-"))
os.environ["DATA_DIR"] = str(FOLDER)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ketenwijs.config.settings.local")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import django  # noqa: E402 - the settings must be chosen first

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from ketenwijs.domain.agreements.models import Agreement, Membership  # noqa: E402
from ketenwijs.domain.agreements.services import sync_agreements  # noqa: E402
from ketenwijs.domain.agreements.tests import factories  # noqa: E402
from ketenwijs.domain.assessments.models import Dossier, Finding, Outcome, Round  # noqa: E402
from ketenwijs.domain.assessments.simulation import draft_of, simulate, tables_of  # noqa: E402
from ketenwijs.domain.participants.models import Organisation  # noqa: E402
from ketenwijs.foundation.access.fence import unfenced  # noqa: E402
from ketenwijs.foundation.access.viewer import system  # noqa: E402
from ketenwijs.foundation.content.models import Edition  # noqa: E402
from ketenwijs.foundation.content.services import apply_checked, mark_used  # noqa: E402

REQUIREMENTS, STRICTER, NEW = 60, 15, 10
WORDS = "Written down in our handbook, chapter 3, and told to every supplier at the start of each year. " * 2
CHAINS = [{"supplier": f"S{n}", "country": "IN", "material": "granite", "note": WORDS} for n in range(15)]


def framework(version: str, *, draft: bool) -> dict[str, Any]:
    """Requirements over five levels; the draft asks more, adds some, and counts two from the firm's own figures."""
    asked = []
    for number in range(REQUIREMENTS):
        raised = draft and number < STRICTER
        asked.append(requirement(f"req-{number}", 1 + number % 5, minimum=3 if raised else 2))
    if draft:
        asked += [requirement(f"new-{number}", 1 + number % 5, minimum=2) for number in range(NEW)]
        fact = {"answer": "fact", "fact": "chains.coverage.factories.share", "minimum": 0.5}
        asked += [requirement("known", 2, **fact), requirement("far", 3, when={"fact": "chains.non_eea", "gte": 1})]
    rubric = [{"value": n, "name": factories.words(f"rung {n}")} for n in range(5)]
    return factories.framework_content("second", version=version, rubric=rubric, requirements=asked)


def requirement(code: str, level: int, **more: Any) -> dict[str, Any]:
    """One requirement with a title of ordinary length."""
    about = {"code": code, "substep": "1.1", "title": factories.words(f"A sentence of ordinary length about {code}")}
    return {**about, "answer": "scale", "asked_from": level, **more}


def fill(round_: Round, agreement: Agreement, number: int) -> None:
    """Published reports, written in bulk."""
    chance = random.Random(number)
    firms = Organisation.objects.bulk_create(
        Organisation(
            reference=f"b{number}-{n}", name=f"Voorbeeld {n}", kind="company", subkind="importer", country="NL"
        )
        for n in range(number)
    )
    members = Membership.objects.bulk_create(
        Membership(agreement=agreement, organisation=firm, kind="participant", joined_on=date(2019, 10, 1))
        for firm in firms
    )
    for first in range(0, number, 500):
        dossiers = Dossier.objects.bulk_create(dossier(round_, one, chance) for one in members[first : first + 500])
        Finding.objects.bulk_create(finding for one in dossiers for finding in findings(one, chance))
        Outcome.objects.bulk_create(
            Outcome(dossier=one, scheme="levels", value=f"l{one.target_level}", number=one.target_level, reason="Read.")
            for one in dossiers
        )


def dossier(round_: Round, member: Membership, chance: random.Random) -> Dossier:
    """One report with everything that was handed in."""
    level = chance.randint(0, 4)
    answers = {
        f"req-{n}": {"value": chance.randint(1, 4), "label": "rung", "explanation": WORDS, "evidence": []}
        for n in range(REQUIREMENTS)
    }
    facts = {"chains.coverage.factories.share": chance.random(), "chains.non_eea": chance.randint(0, 1)}
    return Dossier(
        round=round_, organisation_id=member.organisation_id, membership=member, kind="full",
        group=chance.choice("BC"), membership_year=4, level=level, target_level=level + 1, state="published",
        frozen={"answers": answers, "facts": facts, "chains": CHAINS, "risks": CHAINS},
    )  # fmt: skip


def findings(one: Dossier, chance: random.Random) -> list[Finding]:
    """A final finding on everything asked up to the level judged; nine of ten met."""
    verdicts = ["met"] * 9 + ["partly"]
    return [
        Finding(dossier=one, requirement=f"req-{n}", verdict="met", final_verdict=chance.choice(verdicts))
        for n in range(REQUIREMENTS)
        if 1 + n % 5 <= (one.target_level or 1)
    ]


def apply(content: dict[str, Any]) -> Edition:
    """A framework as an edition of the invented agreement."""
    apply_checked(actor=factories.ROBOT, result=factories.checked(second=content))
    sync_agreements(actor=factories.ROBOT)
    return Edition.objects.get(identifier=content["identifier"], version=content["version"])


def measured(round_: Round, draft: Edition) -> tuple[float, int]:
    """Processor seconds of one run with its tables, and how many reports were worked out."""
    started = time.process_time()
    with unfenced(reason="benchmark"):
        simulation = simulate(system("benchmark"), round_, draft_of(round_, draft))
    tables = tables_of(simulation)
    return time.process_time() - started, tables.everybody.total


def main() -> None:
    """Fill two rounds, work each out twice, print the faster run."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    logging.disable(logging.CRITICAL)
    call_command("migrate", verbosity=0)
    edition = apply(framework("1", draft=False))
    mark_used(edition)
    agreement = Agreement.objects.get(slug=factories.SLUG)
    draft = apply(framework("2", draft=True))
    spent = {}
    for year, number in (("2023-2024", 1_000), ("2024-2025", most)):
        shared = {"agreement": agreement, "year": year, "term": "second", "edition": edition}
        with unfenced(reason="benchmark"):
            round_ = Round.objects.create(**shared, opened_at=timezone.now())
            fill(round_, agreement, number)
        spent[number] = min(measured(round_, draft) for _run in range(2))[0]
        print(f"{number} reports: {spent[number]:.2f} s of processor time")
    share = spent[most] / spent[1_000] / (most / 1_000)
    print(
        f"{most} against 1000 reports: {share:.2f} times the time per report (linear: 1.00; aim for 10,000: under 5 s)"
    )
    print(
        f"most memory at any moment, filling included: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )


if __name__ == "__main__":
    main()
