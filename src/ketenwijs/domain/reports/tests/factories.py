"""What the tests of this app need: the invented agreement with a report template, and the packages that come along."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.services import load_observations, sync_agreements
from ketenwijs.domain.agreements.tests.factories import (
    ROBOT,
    SLUG,
    agreement_content,
    framework_content,
    observations_content,
    words,
)
from ketenwijs.domain.reports.models import Release
from ketenwijs.domain.reports.services import make_release
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.content.checking import CheckResult, check_directory, check_texts
from ketenwijs.foundation.content.services import apply_checked

DAY, YEAR = date(2025, 11, 1), "2024-2025"
NO_ROUND_YEAR = "2022-2023"


def report_content(slug: str = SLUG, **changes: Any) -> dict[str, Any]:
    """A report with every kind of block."""
    uses = [
        ("participation.companies", False),
        ("participation.companies_by_group", False),
        ("participation.joined", False),
        ("participation.left", False),
        ("authorities", False),
        ("chains.by_country", True),
        ("chains.quarries_known", True),
        ("assessment.judged", True),
        ("assessment.outcomes", True),
        ("assessment.meets_demands", True),
        ("assessment.plans_handed_in", True),
        ("enquiries.by_kind", False),
    ]
    indicators = [{"code": code, "name": words(code), "needs_round": needs} for code, needs in uses]
    return {
        "identifier": f"report:{slug}",
        "version": "1",
        "agreement": slug,
        "title": words("Report {number} on {period}"),
        "languages": ["nl", "en"],
        "blocks": [
            {"code": "foreword", "heading": words("Foreword"), "text": words("hint"), "optional": True},
            {"code": "figures", "heading": words("Figures"), "text": words("hint"), "indicators": indicators},
        ],
        **changes,
    }


def checked(**parts: Any) -> CheckResult:
    """The invented package with its report template, checked; `parts` replace a file's content."""
    folder = f"agreements/{SLUG}"
    files = {
        f"{folder}/agreement.yaml": parts.get("agreement") or agreement_content(),
        f"{folder}/framework-first.yaml": framework_content("first"),
        f"{folder}/framework-second.yaml": framework_content("second"),
        f"{folder}/observations.yaml": parts.get("observations") or observations_content(),
        f"{folder}/report.yaml": parts.get("report") or report_content(),
    }
    texts = {name: yaml.safe_dump(content, allow_unicode=True, sort_keys=False) for name, content in files.items()}
    themes = Path(settings.CONTENT_DIR) / "reference" / "themes.yaml"
    return check_texts({"reference/themes.yaml": themes.read_text("utf-8"), **texts})


def example_agreement(**parts: Any) -> Agreement:
    """The invented agreement with its report template and dated figures in the database."""
    result = checked(**parts)
    assert result.faults == []
    apply_checked(actor=ROBOT, result=result)
    found = next(one for one in sync_agreements(actor=ROBOT) if one.slug == SLUG)
    load_observations(actor=ROBOT, agreement=found)
    return found


def packaged_agreement() -> Agreement:
    """The agreement of the repository that brings a report template and dated figures, with those in the database."""
    apply_checked(actor=ROBOT, result=check_directory(Path(settings.CONTENT_DIR)))
    folder = next(Path(settings.CONTENT_DIR).glob("agreements/*/report.yaml")).parent
    found = next(one for one in sync_agreements(actor=ROBOT) if one.slug == folder.name)
    load_observations(actor=ROBOT, agreement=found)
    return found


def draft(actor: Viewer, agreement: Agreement, year: str = YEAR, day: date = DAY) -> Release:
    """A draft with frozen figures."""
    return make_release(actor=actor, agreement=agreement, year=year, reference_date=day)
