"""The register and the figures of all agreements as open data: CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from ketenwijs.sites.public import copies
from ketenwijs.sites.public import register as members
from ketenwijs.sites.public.copies import Copy
from ketenwijs.sites.public.frames import agreement_or_404, all_agreements, site
from ketenwijs.sites.public.remembering import Remembering
from ketenwijs.sites.public.rules import stands
from ketenwijs.sites.public.showing import outcome_of, words
from ketenwijs.sites.public.tables import csv_file, described, table_schema

COLUMNS = (
    "reference", "name", "kind", "country", "place", "joined_on", "left_on", "group", "outcome", "outcome_year", "plan_year",
)  # fmt: skip

FIGURE_FIELDS: tuple[tuple[str, str, str], ...] = (
    ("agreement", "string", "Permanent code of the agreement; its page is /agreements/<code>/"),
    ("agreement_name", "string", "Name of the agreement in the language of the reader"),
    ("state", "string", "Stage of the agreement on the day of download"),
    ("figure", "string", "Permanent identifier of the figure"),
    ("indicator", "string", "Code of what is counted or measured"),
    ("indicator_name", "string", "What is counted or measured, in words"),
    ("value", "number", "The number; empty where the source gives words"),
    ("value_text", "string", "The value in words where it is no number"),
    ("unit", "string", "count, percent, words, or the unit as the source gives it"),
    ("population", "string", "Of whom or of what the figure tells"),
    ("report_year", "string", "Report year of the agreement, where the source gives one"),
    ("reference_date", "date", "Day of the figure; a month is given by its first day, a year by the first of January"),
    ("precision", "string", "How exact the day is: day, month or year"),
    ("part_of", "string", "Identifier of the total that this figure is a part of"),
    ("conflict", "string", "Identifier of the contradiction between sources that the figure is in"),
    ("chosen", "string", "yes or no within a contradiction: whether this figure was chosen; empty when none was"),
    ("confidence", "string", "published by the agreement itself, news, seed or derived"),
    ("source", "string", "Where the figure stands: an address without https:// or a title"),
)
"""Columns of the figures of all agreements: name, type and meaning, as in the table schema."""


def _rows(kept: Remembering, slug: str) -> list[dict[str, Any]]:
    found = agreement_or_404(kept, slug)
    rows = []
    for entry in members.entries(slug):
        shown = outcome_of(entry, found)
        row = {name: entry.member.get(name) or "" for name in COLUMNS[:8]}
        row |= {
            "outcome": shown.label if shown else "",
            "outcome_year": shown.year if shown else "",
            "plan_year": entry.latest_plan_year,
        }
        rows.append(row)
    return rows


@require_safe
def register_csv(request: HttpRequest, agreement: str) -> HttpResponse:
    """One line per firm, header in English codes."""
    return csv_file(f"register-{agreement}", COLUMNS, _rows(site(), agreement))


@require_safe
def register_json(request: HttpRequest, agreement: str) -> HttpResponse:
    """The same as JSON."""
    return JsonResponse({"agreement": agreement, "firms": _rows(site(), agreement)})


def _figure_rows() -> list[dict[str, Any]]:
    """Every published figure of every agreement, in the order of the packages."""
    kept = site()
    figures = kept.keep("figures", copies.figures)
    return [
        row for one in all_agreements(kept) for row in _of(one, figures.get(one.slug, copies.NO_FIGURES), kept.today)
    ]


def _of(agreement: copies.Agreement, figures: Copy, today: str) -> list[dict[str, Any]]:
    state = stands(agreement.payload, today).stage
    names = {one["code"]: words(one["name"]) for one in figures["indicators"]}
    conflicts = {code: one for one in figures["conflicts"] for code in one["figures"]}
    return [
        {
            "agreement": agreement.slug,
            "agreement_name": words(agreement.payload["name"]),
            "state": state,
            "figure": one["identifier"],
            "indicator": one["indicator"],
            "indicator_name": names.get(one["indicator"], one["indicator"]),
            "value": None if one["value"] is None else _plain(one["value"]),
            "value_text": words(one["value_text"]),
            "unit": one["unit"],
            "population": words(one["population"]),
            "report_year": one["report_year"],
            "reference_date": one["reference_date"],
            "precision": one.get("precision", "day") if one["reference_date"] else "",
            "part_of": one["part_of"],
            **_conflict(one["identifier"], conflicts),
            "confidence": one["confidence"],
            "source": one["source"],
        }
        for one in figures["figures"]
    ]


def _conflict(figure: str, conflicts: dict[str, Copy]) -> dict[str, str]:
    found = conflicts.get(figure)
    if found is None:
        return {"conflict": "", "chosen": ""}
    chosen = ("yes" if found["kept"] == figure else "no") if found["kept"] else ""
    return {"conflict": found["identifier"], "chosen": chosen}


def _plain(value: Any) -> int | float:
    number = float(value)
    return int(number) if number.is_integer() else number


@require_safe
def overview_csv(request: HttpRequest) -> HttpResponse:
    """All figures of all agreements, one line each; the schema of the columns is linked in the answer."""
    names = [name for name, _type, _meaning in FIGURE_FIELDS]
    return described(csv_file("agreements-figures", names, _figure_rows()), reverse("public:overview-schema"))


@require_safe
def overview_json(request: HttpRequest) -> HttpResponse:
    """The same as JSON, with the address of the schema."""
    schema = reverse("public:overview-schema")
    return described(JsonResponse({"schema": schema, "figures": _figure_rows()}), schema)


@require_safe
def overview_schema(request: HttpRequest) -> HttpResponse:
    """The columns as a Table Schema (specs.frictionlessdata.io/table-schema)."""
    return table_schema(FIGURE_FIELDS, "figure")
