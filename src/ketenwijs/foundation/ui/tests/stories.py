"""The look told in a few pages: every part, field and picture once, with invented content.

Rendered by the tests and photographed in a browser; no address leads here in an installation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import render
from django.test import RequestFactory

from ketenwijs.foundation.ui import charts
from ketenwijs.foundation.ui.due import Due
from ketenwijs.foundation.ui.errors import DomainError
from ketenwijs.foundation.ui.forms import add_domain_error
from ketenwijs.foundation.ui.tests.story_forms import EveryField

TEMPLATES = Path(__file__).parent / "templates"
DESCRIPTION = "Invented numbers; the table beside it gives the same."


@dataclass(frozen=True)
class SignedIn:
    """A stand-in for a signed-in viewer: the look only asks these."""

    person: Any
    is_signed_in: bool = True


def request_of(path: str = "/stories/", *, signed_in: bool = True) -> HttpRequest:
    """A request as the middleware would hand it over."""
    request = RequestFactory().get(path)
    if signed_in:
        request.viewer = SignedIn(SimpleNamespace(name="Anna Example"))  # type: ignore[attr-defined]
    return request


class Filter(forms.Form):
    """A bar above a list."""

    words = forms.CharField(label="name or place", required=False)
    state = forms.ChoiceField(label="state", choices=[("", "All"), ("known", "Known")], required=False)


def filled_wrongly() -> EveryField:
    """A form that came back: two fields wrong and a refusal by a service."""
    form = EveryField(
        {
            "version": "1",
            "name": "",
            "country": "IN",
            "tonnes": "12,5",
            "severity": "9",
            "reason": "Visited in May.",
        },
        {"sheet": SimpleUploadedFile("purchases.csv", b"a")},
    )
    form.is_valid()
    add_domain_error(form, DomainError("This supplier stands in the list already. Open it and change it there."))
    return form


def pictures() -> dict[str, charts.Picture]:
    """One of each picture."""
    kinds = [
        ("4", "very severe"),
        ("3", "severe"),
        ("2", "serious"),
        ("1", "limited"),
        ("unknown", "unknown"),
    ]
    chances = [("1", "unlikely"), ("2", "possible"), ("3", "likely"), ("unknown", "unknown")]
    heat = {(row, column): int(row) for row, _r in kinds for column, _c in chances if "unknown" not in (row, column)}
    nodes = [
        *(charts.Node(0, f"q{n}", f"Quarry {n}", "box-known", "Rajasthan · India") for n in range(3)),
        charts.Node(0, "q?", "unknown", "box-unknown", "Vietnam"),
        charts.Node(1, "f1", "Factory with a very long name indeed", "box-known", "Jaipur · India"),
        charts.Node(1, "f?", "unknown", "box-unknown", "Vietnam"),
        *(charts.Node(2, f"s{n}", f"Supplier {n}", "box-supplier", "India") for n in range(2)),
        charts.Node(3, "firm", "Example firm", "box-firm"),
    ]
    edges = [
        ("q0", "f1"),
        ("q1", "f1"),
        ("q2", "f1"),
        ("q?", "f?"),
        ("f1", "s0"),
        ("f?", "s1"),
        ("s0", "firm"),
        ("s1", "firm"),
    ]
    return {
        "bar": charts.coverage_bar("Known factories", DESCRIPTION, [("known", 10, "known"), ("unknown", 4, "unknown")]),
        "years": charts.columns("Members", DESCRIPTION, [("2022", 31), ("2023", 44), ("2024", None), ("2025", 47)]),
        "matrix": charts.matrix(
            "Severity and likelihood",
            DESCRIPTION,
            columns=chances,
            rows=kinds,
            counts={("4", "2"): 3, ("2", "3"): 12, ("unknown", "1"): 2},
            heat=heat,
        ),
        "graph": charts.layered_graph(
            "Chains",
            DESCRIPTION,
            headings=["Quarry", "Factory", "Supplier", "Your company"],
            nodes=nodes,
            edges=edges,
        ),
    }


def desk() -> dict[str, Any]:
    """What the desk story shows."""
    row = {"supplier": "Example Stone Exports Pvt Ltd", "stone": "Sandstone", "factory": "Kota, India"}
    states = [("complete", "good"), ("not complete", "warning"), ("late", "bad"), ("being written", "busy")]
    return {
        "steps": [
            {"label": "1. Chains", "url": "/stories/", "done": True},
            {"label": "2. Risks", "url": "/stories/", "current": True},
            {"label": "3. Answers", "url": "/stories/"},
            {"label": "4. Hand in"},
        ],
        "due": [
            Due("Upload your sheet", "/stories/", date(2026, 2, 1), late=True),
            Due("Weigh the risks of sandstone from India", "/stories/", date(2026, 3, 1)),
            Due("Read the finding", "/stories/"),
        ],
        "facts": [
            ("Member since", "1 May 2019"),
            ("Group", "C, imports from outside the EEA"),
            ("Level", ""),
        ],
        "moments": [
            {"at": date(2026, 3, 1), "sentence": "Handed in", "by": "Anna Example"},
            {"at": date(2026, 1, 4), "sentence": "The round was opened", "by": "secretariat"},
        ],
        "rows": [{**row, "tonnes": f"{12.5 * n:g}", "state": s, "tone": t} for n, (s, t) in enumerate(states * 2, 1)],
        "page": Paginator(range(90), 30).get_page(2),
    }


def contexts() -> dict[str, dict[str, Any]]:
    """Every story by its template, with what it shows."""
    return {
        "stories/desk.html": desk(),
        "stories/form.html": {"form": filled_wrongly(), "filter": Filter()},
        "stories/charts.html": pictures(),
        "stories/sign_in.html": {
            "form": Filter(),
            "people": ["Anna Example", "Bram Example", "Chloé Example"],
        },
    }


def page_of(story: str) -> str:
    """The whole page of one story."""
    return render(request_of(signed_in="desk" in story or "form" in story), story, contexts()[story]).content.decode()
