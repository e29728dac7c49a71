"""Invented instruments of every family for the invented agreement: scheme, framework with four requirements, block."""

from __future__ import annotations

from typing import Any

from ketenwijs.domain.agreements.tests.factories import SLUG, agreement_content, framework_content, words

POLICY, GOALS, ACTIONS, TALKS = "policy", "goals", "actions", "talks"
SCORE, INDICATORS, TOTALS = "score", "indicators", "totals"
SCHEME_OF = {"weighted_score": SCORE, "indicator_tree": INDICATORS, "self_assessment": TOTALS}


def _outcome(code: str, tone: str) -> dict[str, Any]:
    return {"code": code, "tone": tone, "name": words(code), "meaning": words(f"meaning of {code}")}


def scheme(kind: str, **changes: Any) -> dict[str, Any]:
    """An outcome scheme of one of the newer kinds."""
    shared = {"code": kind, "kind": kind, "name": words(kind), "number_means": words("number"), "source": "test"}
    if kind == "none":
        return {**shared, "code": TOTALS, "published": "aggregate", **changes}
    outcomes = [_outcome("enough", "good"), _outcome("not_yet", "warning")]
    published = "aggregate" if kind == "indicators" else "participant"
    best = {"best": "enough", "under_way": "not_yet", "outcomes": outcomes, "published": published}
    return {**shared, **best, **changes}


def weighted_score(**changes: Any) -> dict[str, Any]:
    """Four steps of which the third, goals and actions, weighs 40 %; the pass mark rises from year to year."""
    return {
        "family": "weighted_score",
        "weights": [{"step": "1", "percent": 30}, {"step": "2", "percent": 40}, {"step": "3", "percent": 30}],
        "pass_marks": [{"from_year": year, "percent": percent} for year, percent in ((1, 20), (2, 40), (3, 60))],
        "example": True,
        "source": "test",
        **changes,
    }


def indicator_tree(**changes: Any) -> dict[str, Any]:
    """Two main indicators, counted by number and by invested capital; one group need not prove anything."""
    return {
        "family": "indicator_tree",
        "mains": [
            {"code": "plans", "name": words("plans"), "parts": [POLICY, GOALS, ACTIONS]},
            {
                "code": "dialogue",
                "name": words("dialogue"),
                "parts": [TALKS],
                "goal": {"percent": 100, "by": "2025-12-31", "source": "test"},
            },
        ],
        "measures": ["participants", "size"],
        "size": {"code": "capital", "name": words("capital"), "unit": "EUR"},
        "reference_dates": [{"year": "2024-2025", "on": "2025-06-30", "source": "test"}],
        "evidence": [{"group": "B", "proof": "self_declaration", "source": "test"}],
        "example": True,
        "source": "test",
        **changes,
    }


def self_assessment(**changes: Any) -> dict[str, Any]:
    """Advice for a low policy and for no talks; totals per group from three on."""
    return {
        "family": "self_assessment",
        "advice": [
            {"requirement": POLICY, "answers": [0, 1], "text": words("Write one page.")},
            {"requirement": TALKS, "answers": ["no"], "text": words("Talk to the union.")},
        ],
        "aggregate": {"by": "group", "minimum": 3, "example": True},
        "example": True,
        "source": "test",
        **changes,
    }


BLOCKS = {"weighted_score": weighted_score, "indicator_tree": indicator_tree, "self_assessment": self_assessment}


def _requirement(code: str, step: str, answer: str = "scale", **more: Any) -> dict[str, Any]:
    about = {"code": code, "substep": f"{step}.1", "title": words(f"Title of {code}"), "answer": answer}
    return {**about, "asked_from": 1, **({"minimum": 2} if answer == "scale" else {}), **more}


def framework(family: str, term: str = "second", **changes: Any) -> dict[str, Any]:
    """A framework of three steps whose instrument is of a family; only the answers are handed in."""
    steps = [
        {
            "code": code,
            "name": words(f"Step {code}"),
            "substeps": [{"code": f"{code}.1", "name": words("s"), "question": words("question")}],
        }
        for code in ("1", "2", "3")
    ]
    return framework_content(term) | {
        "scheme": SCHEME_OF[family],
        "parts": ["answers"],
        "instrument": BLOCKS[family](),
        "rubric": [{"value": n, "name": words(f"rung {n}")} for n in range(5)],
        "steps": steps,
        "requirements": [
            _requirement(POLICY, "1"),
            _requirement(GOALS, "2"),
            _requirement(ACTIONS, "2"),
            _requirement(TALKS, "3", "yes_no"),
        ],
        **changes,
    }


def agreement(family: str, slug: str = SLUG, **changes: Any) -> dict[str, Any]:
    """The invented agreement whose second term uses an instrument of a family."""
    content = agreement_content(slug)
    content["schemes"] += [scheme("score"), scheme("indicators"), scheme("none")]
    content["terms"][1] = {**content["terms"][1], "scheme": SCHEME_OF[family], "alternation": None}
    for group in content["groups"]:
        group["report"] = "none" if group["code"] == "A" else "full"
    content["publication"] = {**content["publication"], "minimum_contributors": 3}
    return {**content, **changes}
