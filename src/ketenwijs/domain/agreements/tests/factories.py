"""An invented agreement and the people, companies and memberships that the tests of this app need."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from ketenwijs.domain.agreements import services
from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.domain.participants.services import register_organisation
from ketenwijs.foundation.access.selectors import viewer_of
from ketenwijs.foundation.access.services import give
from ketenwijs.foundation.access.viewer import Scope, Viewer, agreement_scope, organisation_scope, system
from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.content.checking import CheckResult, check_texts
from ketenwijs.foundation.content.services import apply_checked

SLUG, OTHER_SLUG = "example-slate", "example-cork"
ROBOT = system("tests")


def words(text: str) -> dict[str, str]:
    """The same text in three languages."""
    return {language: f"{text} {language}" for language in ("nl", "fr", "en")}


def setting(value: Any) -> dict[str, Any]:
    """A labelled example value."""
    return {"value": value, "example": True}


def agreement_content(slug: str = SLUG, **changes: Any) -> dict[str, Any]:
    """The content of the invented agreement; `changes` replace whole parts of it."""
    return {
        "identifier": f"agreement:{slug}",
        "version": "1",
        "slug": slug,
        "name": words("Slate example"),
        "sector": words("slate"),
        "summary": words("summary"),
        "geography": words("here"),
        "host": "Example host",
        "terms": [
            {
                "code": "first",
                "name": words("first"),
                "kind_word": words("covenant"),
                "starts_on": date(2019, 10, 1),
                "ends_on": date(2023, 9, 30),
                "scheme": "colours",
                "framework": "first",
                "first_report_after": setting(1),
                "source": "test",
            },
            {
                "code": "second",
                "name": words("second"),
                "kind_word": words("sector agreement"),
                "starts_on": date(2023, 10, 1),
                "ends_on": date(2028, 9, 30),
                "scheme": "levels",
                "framework": "second",
                "first_report_after": setting(0),
                "source": "test",
                "alternation": {"from_level": 3, "next_is": setting("plan_only"), "source": "test"},
                "fees": [
                    {
                        "code": "base",
                        "name": words("base fee"),
                        "amount_eur": "400",
                        "groups": ["C"],
                        "source": "test",
                    }
                ],
            },
        ],
        "groups": [
            {
                "code": code,
                "name": words(f"group {code}"),
                "definition": words("who"),
                "duties": [words("duty")],
                "report": report,
                "source": "test",
            }
            for code, report in (("A", "none"), ("B", "origin_only"), ("C", "full"))
        ],
        "sections": [{"code": "unions", "name": words("unions")}, {"code": "ngos", "name": words("ngos")}],
        "parties": [
            {
                "name": "Example Union",
                "section": "unions",
                "role": "party",
                "terms": ["first"],
                "source": "test",
            }
        ],
        "themes": [{"code": "child_labour", "from_term": "first"}, {"code": "water", "from_term": "second"}],
        "schemes": [
            {
                "code": "colours",
                "kind": "grade",
                "name": words("colour"),
                "number_means": words("year"),
                "best": "green",
                "under_way": "orange",
                "source": "test",
                "outcomes": [
                    {"code": code, "tone": tone, "name": words(code), "meaning": words(code)}
                    for code, tone in (("green", "good"), ("orange", "warning"), ("red", "bad"))
                ],
            },
            {
                "code": "levels",
                "kind": "level",
                "name": words("level"),
                "number_means": words("level"),
                "source": "test",
                "outcomes": [
                    {
                        "code": f"l{n}",
                        "number": n,
                        "tone": "good",
                        "name": words(f"level {n}"),
                        "meaning": words("m"),
                    }
                    for n in range(1, 6)
                ],
            },
        ],
        "years": [_year(start) for start in range(2019, 2028)],
        "exit_reasons": [
            {"code": "closed", "name": words("closed")},
            {"code": "own_choice", "name": words("choice")},
        ],
        "appeal_days": setting(42),
        "remind_days_before": setting([30, 7]),
        "publication": {
            "areas_named": True,
            "minimum_contributors": 5,
            "volumes": "never",
            "source": "test",
            "note": words("note"),
        },
        "start_values": [
            {
                "from_scheme": "colours",
                "to_scheme": "levels",
                "rule": "number_to_number",
                "example": True,
                "source": "t",
            }
        ],
        "complaints": words("complaints"),
        "source": "test",
        **changes,
    }


def _year(start: int) -> dict[str, Any]:
    """1 October to 30 September; the round opens the day after. 2022 has no round."""
    year: dict[str, Any] = {
        "code": f"{start}-{start + 1}",
        "starts_on": date(start, 10, 1),
        "ends_on": date(start + 1, 9, 30),
        "term": "first" if start < 2023 else "second",
    }
    if start == 2022:
        return {**year, "held": False, "reason": words("no round")}
    return {**year, "opens_on": date(start + 1, 10, 1), "due_on": date(start + 1, 11, 30), "reply_days": 14}


def framework_content(term: str, slug: str = SLUG, **changes: Any) -> dict[str, Any]:
    """A framework with one requirement."""
    return {
        "identifier": f"framework:{slug}:{term}",
        "version": "1",
        "agreement": slug,
        "term": term,
        "name": words(term),
        "example": True,
        "note": words("note"),
        "scheme": "colours" if term == "first" else "levels",
        "rubric": [{"value": 0, "name": words("nothing")}, {"value": 2, "name": words("met")}],
        "steps": [
            {
                "code": "1",
                "name": words("one"),
                "substeps": [{"code": "1.1", "name": words("policy"), "question": words("question")}],
            }
        ],
        "requirements": [
            {
                "code": f"{term}-policy",
                "substep": "1.1",
                "title": words("policy"),
                "answer": "scale",
                "asked_from": 1,
                "minimum": 2,
            }
        ],
        **changes,
    }


def observations_content(slug: str = SLUG, **changes: Any) -> dict[str, Any]:
    """Figures in which total and parts do not agree, with the conflict that says so."""
    figures = [
        {"code": "total", "value": 63},
        {"code": "north", "value": 12, "part_of": "total"},
        {"code": "south", "value": 52, "part_of": "total"},
    ]
    shared = {
        "indicator": "authorities",
        "unit": "count",
        "population": words("authorities"),
        "year": "2021-2022",
        "source": "test",
        "confidence": "published",
    }
    conflict = {
        "code": "sum",
        "figures": ["total", "north", "south"],
        "kept": "total",
        "reading": words("12 + 52 = 64"),
        "decided_by": "test",
    }
    return {
        "identifier": f"observations:{slug}",
        "version": "1",
        "agreement": slug,
        "indicators": [{"code": "authorities", "name": words("authorities")}],
        "figures": [{**shared, **figure} for figure in figures],
        "conflicts": [conflict],
        **changes,
    }


def checked(slug: str = SLUG, **parts: Any) -> CheckResult:
    """The package checked together with the reference files; `parts` replace a file's content."""
    folder = f"agreements/{slug}"
    files = {
        f"{folder}/agreement.yaml": parts.get("agreement") or agreement_content(slug),
        f"{folder}/framework-first.yaml": parts.get("first") or framework_content("first", slug),
        f"{folder}/framework-second.yaml": parts.get("second") or framework_content("second", slug),
        f"{folder}/observations.yaml": parts.get("observations") or observations_content(slug),
    }
    texts = {name: yaml.safe_dump(content, allow_unicode=True, sort_keys=False) for name, content in files.items()}
    themes = Path(settings.CONTENT_DIR) / "reference" / "themes.yaml"
    return check_texts({"reference/themes.yaml": themes.read_text("utf-8"), **texts})


def example_agreement(slug: str = SLUG) -> Agreement:
    """The invented agreement, applied and synchronised."""
    result = checked(slug)
    assert result.faults == []
    apply_checked(actor=ROBOT, result=result)
    return next(one for one in services.sync_agreements(actor=ROBOT) if one.slug == slug)


def person(name: str) -> Person:
    """Somebody with an account."""
    return Person.objects.create_user(f"{name}@example.org", "long enough password", name=name.capitalize())


def staff(agreement: Agreement, role: str = "secretariat_lead", name: str = "") -> Viewer:
    """A viewer with a role in an agreement."""
    return _with_role(name or f"{role}.{agreement.slug}", role, agreement_scope(agreement.slug))


def worker(organisation: Organisation, role: str = "company_admin", name: str = "") -> Viewer:
    """A viewer with a role at an organisation."""
    return _with_role(name or f"{role}.{organisation.reference}", role, organisation_scope(organisation.pk))


def _with_role(name: str, role: str, scope: Scope) -> Viewer:
    somebody = person(name)
    give(actor=ROBOT, person=somebody, role=role, scope=scope)
    return viewer_of(somebody)


def company(name: str = "Voorbeeld Leisteen BV", **fields: Any) -> Organisation:
    """An invented importer."""
    facts = {"kind": "company", "subkind": "importer", "country": "NL", "is_example": True, **fields}
    return register_organisation(actor=ROBOT, name=name, **facts)


def member(
    agreement: Agreement,
    name: str = "Voorbeeld Leisteen BV",
    *,
    joined_on: date = date(2019, 10, 1),
    group: str = "C",
) -> Membership:
    """An invented member company."""
    return services.join(
        actor=ROBOT,
        agreement=agreement,
        organisation=company(name),
        kind="participant",
        joined_on=joined_on,
        group=group,
    )
