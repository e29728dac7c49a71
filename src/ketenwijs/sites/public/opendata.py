"""The register as open data: CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

import csv
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from ketenwijs.sites.public import register as copies
from ketenwijs.sites.public.showing import outcome_of
from ketenwijs.sites.public.views import agreement_or_404

COLUMNS = (
    "reference", "name", "kind", "country", "place", "joined_on", "left_on", "group", "outcome", "outcome_year", "plan_year",
)  # fmt: skip
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def _rows(slug: str) -> list[dict[str, Any]]:
    found = agreement_or_404(slug)
    rows = []
    for entry in copies.entries(slug):
        shown = outcome_of(entry, found)
        row = {name: entry.member.get(name) or "" for name in COLUMNS[:8]}
        row |= {
            "outcome": shown.label if shown else "",
            "outcome_year": shown.year if shown else "",
            "plan_year": entry.latest_plan_year,
        }
        rows.append(row)
    return rows


def _inert(value: Any) -> str:
    """A cell that no spreadsheet runs as a formula (security.md 7)."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


@require_safe
def register_csv(request: HttpRequest, agreement: str) -> HttpResponse:
    """One line per firm, header in English codes."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="register-{agreement}.csv"'
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for row in _rows(agreement):
        writer.writerow([_inert(row[name]) for name in COLUMNS])
    return response


@require_safe
def register_json(request: HttpRequest, agreement: str) -> HttpResponse:
    """The same as JSON."""
    return JsonResponse({"agreement": agreement, "firms": _rows(agreement)})
