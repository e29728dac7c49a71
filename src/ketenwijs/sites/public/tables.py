"""Open data as files: CSV that no spreadsheet runs, its table schema, GeoJSON."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse, JsonResponse

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
Field = tuple[str, str, str]
"""Name, type and meaning of a column, as in the table schema."""


def inert(value: Any) -> Any:
    """A cell that no spreadsheet runs as a formula (security.md 7); a number stays one."""
    if isinstance(value, int | float):
        return value
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """A CSV file with a header, UTF-8, separated by commas."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([inert(row[one]) for one in columns])
    return response


def described(response: HttpResponse, schema: str) -> HttpResponse:
    """The same answer, saying where its schema is."""
    response.headers["Link"] = f'<{schema}>; rel="describedby"; type="application/json"'
    return response


def table_schema(fields: Sequence[Field], key: str | Sequence[str]) -> HttpResponse:
    """The columns as a Table Schema (specs.frictionlessdata.io/table-schema)."""
    shown = [{"name": name, "type": kind, "description": meaning} for name, kind, meaning in fields]
    primary = key if isinstance(key, str) else list(key)
    return JsonResponse({"fields": shown, "primaryKey": primary, "missingValues": [""]})


def geojson(name: str, features: Iterable[Mapping[str, Any]], **about: Any) -> HttpResponse:
    """A FeatureCollection of RFC 7946; `about` are further members that say what it is."""
    body = {"type": "FeatureCollection", **about, "features": list(features)}
    response = JsonResponse(body, content_type="application/geo+json", json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.geojson"'
    return response
