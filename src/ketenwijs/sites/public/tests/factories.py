"""Invented agreements with lives, figures and documents, and a pipeline of invented sectors, all published."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from ketenwijs.domain.agreements.services import sync_agreements
from ketenwijs.domain.agreements.tests.factories import ROBOT, agreement_content, observations_content, words
from ketenwijs.foundation.content.checking import check_texts
from ketenwijs.foundation.content.services import apply_checked

SLATE, CORK, CLAY = "example-slate", "example-cork", "example-clay"
SITE = "reports.example.org/slate/2021"


def event(on: date, stage: str, **more: Any) -> dict[str, Any]:
    """A moment in the life of an agreement."""
    return {"on": on, "stage": stage, "tells": words(f"it is {stage}"), "source": "example.org/life", **more}


def figure(
    code: str, value: float | None, on: date | None, indicator: str = "participation.companies", **more: Any
) -> Any:
    """A dated figure."""
    return {
        "code": code,
        "indicator": indicator,
        "value": value,
        "unit": "count",
        "population": words("all members"),
        "on": on,
        "source": SITE,
        "confidence": "published",
        **more,
    }


def described(slug: str, **changes: Any) -> dict[str, Any]:
    """An agreement that only describes itself: no rounds are run for it here."""
    content = agreement_content(slug)
    for name in ("groups", "schemes", "years", "exit_reasons", "start_values"):
        content[name] = []
    content["terms"] = [
        {
            "code": "first",
            "name": words("first"),
            "kind_word": words("covenant"),
            "starts_on": date(2016, 7, 4),
            "ends_on": date(2021, 12, 31),
            "fees": [{"code": "base", "name": words("base fee"), "amount_eur": "1500", "source": "example.org/fees"}],
            "source": "example.org/terms",
        }
    ]
    content["themes"] = [{"code": "child_labour", "from_term": "first"}]
    content["name"] = words(f"Agreement {slug}")
    content["life"] = [event(date(2015, 7, 10), "negotiating"), event(date(2016, 7, 4), "signed")]
    content["instrument"] = {
        "family": "weighted_score",
        "sentence": words("score against a pass mark"),
        "scored_by": words("secretariat"),
        "source": "example.org/measuring",
    }
    content["public_output"] = {"per": "aggregate", "tells": words("only totals"), "source": "example.org/output"}
    content["supporters"] = [{"name": "Example Knowledge Centre", "role": words("helps"), "source": "Example, letter"}]
    content["bodies"] = [
        {"code": "board", "kind": "steering_group", "name": words("steering group"), "source": "example.org/board"}
    ]
    content["documents"] = [
        {
            "code": "report",
            "kind": "annual_report",
            "title": words("Report on the third year"),
            "about": "2019",
            "published_on": date(2020, 4, 1),
            "precision": "month",
            "url": "https://example.org/report-2019",
            "source": "example.org/reports",
        }
    ]
    return {**content, **changes}


def observed(slug: str, figures: list[Any], conflicts: list[Any] | None = None) -> dict[str, Any]:
    """Figures of an agreement."""
    codes = dict.fromkeys(one["indicator"] for one in figures)
    return observations_content(
        slug,
        indicators=[{"code": code, "name": words(code.rpartition(".")[2])} for code in codes],
        figures=figures,
        conflicts=conflicts or [],
    )


GROWING = [figure("start", 20, date(2016, 7, 4)), figure("end", 90, date(2021, 12, 31))]


def moment(on: date, stage: str, **more: Any) -> dict[str, Any]:
    """A moment of a sector."""
    return {"on": on, "stage": stage, "source": "Example Ministry, letter of 10 July 2015", **more}


def sector(code: str, *moments: Any, **more: Any) -> dict[str, Any]:
    """A sector of the pipeline."""
    return {"code": code, "name": words(f"sector {code}"), "moments": list(moments), "source": "example.org/a", **more}


def pipeline_content(*sectors: Any, **changes: Any) -> dict[str, Any]:
    """A pipeline with two goals that moved and a claim that differs from what can be counted."""
    return {
        "identifier": "policy:pipeline",
        "version": "1",
        "name": words("pipeline"),
        "note": words("as told"),
        "sectors": list(sectors),
        "events": [{"code": "advice", "on": date(2014, 4, 1), "tells": words("an advice"), "source": "example.org/b"}],
        "targets": [
            {"code": "ten", "number": 10, "by": date(2016, 12, 31), "tells": words("ten"), "source": "example.org/c"},
            {"code": "seven", "number": 7, "by": date(2016, 6, 30), "tells": words("seven"), "source": "example.org/d"},
        ],
        "claims": [
            {
                "code": "thirteen",
                "claimed": 13,
                "counted": 12,
                "tells": words("thirteen are claimed"),
                "reading": words("twelve are named"),
                "decided_by": "Example editors",
                "sources": ["example.org/e"],
            }
        ],
        **changes,
    }


def apply(files: dict[str, Any]) -> None:
    """Check and apply content files by path, and publish what they say."""
    texts = {name: yaml.safe_dump(one, allow_unicode=True, sort_keys=False) for name, one in files.items()}
    themes = Path(settings.CONTENT_DIR) / "reference" / "themes.yaml"
    result = check_texts({"reference/themes.yaml": themes.read_text("utf-8"), **texts})
    assert [str(fault) for fault in result.faults] == []
    apply_checked(actor=ROBOT, result=result)
    sync_agreements(actor=ROBOT)


def published(slug: str = SLATE, figures: dict[str, Any] | None = None, **changes: Any) -> None:
    """One described agreement with its figures, public."""
    apply(
        {
            f"agreements/{slug}/agreement.yaml": described(slug, **changes),
            f"agreements/{slug}/observations.yaml": figures or observed(slug, GROWING),
        }
    )
