"""What the complaints body of an agreement released, always beside how far its route was made known."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ketenwijs.domain.reference.selectors import complaints_door
from ketenwijs.sites.public import copies
from ketenwijs.sites.public.copies import Copy
from ketenwijs.sites.public.frames import frame, site


@require_safe
def complaints(request: HttpRequest, agreement: str) -> HttpResponse:
    """Counts, running cases and rulings beside the awareness numbers; a part that is not published says so."""
    kept = site()
    context: dict[str, Any] = frame(kept, agreement)
    years = kept.keep(("awareness", agreement), lambda: copies.awareness_of(agreement))
    copy = kept.keep(("complaints", agreement), lambda: copies.complaints_of(agreement))
    context |= {"payload": copy, "years": years, "door": complaints_door(agreement)}
    if years:
        drawn = {"years": years, "minimum": years[0]["minimum"]}
        context["awareness"] = kept.drawn("awareness/_public_awareness.html", agreement, lambda: drawn)
    if copy is not None:
        shown = {"payload": copy, "country_names": context["country_names"], **_in_words(copy)}
        context["cases"] = kept.drawn("awareness/_public_complaints.html", agreement, lambda: shown)
        context["rulings"] = kept.drawn("awareness/_public_rulings.html", agreement, lambda: shown)
    return render(request, "public/complaints.html", context)


def _in_words(copy: Copy) -> dict[str, Any]:
    """Names of codes, and the yearly counts in the order of the kinds."""
    kinds = {one["code"]: one["name"] for one in copy["kinds"]}
    return {
        "kind_names": kinds,
        "state_names": {one["code"]: one["name"] for one in copy["states"]},
        "count_rows": [
            {
                "year": row["year"],
                "total": row["total"],
                "cells": [(name, row["cells"].get(code)) for code, name in kinds.items()],
            }
            for row in copy["counts"]
        ],
    }
