"""The page of the policy pipeline: where sectors stand or stood, goals against what was reached, contested counts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ketenwijs.sites.public import copies
from ketenwijs.sites.public.copies import Copy
from ketenwijs.sites.public.frames import all_agreements, site
from ketenwijs.sites.public.policy import BOARD, policy_of, sectors_by_stage
from ketenwijs.sites.public.remembering import Remembering


@require_safe
def pipeline(request: HttpRequest) -> HttpResponse:
    """All sectors as of a day (`?on=2015-07-10`, today without it), those of one stage with `?stage=`."""
    kept = site()
    found = kept.keep("pipeline", copies.pipeline)
    given = request.GET.get("on", "").strip()
    asked = _day(given)
    stage = request.GET.get("stage", "") if request.GET.get("stage", "") in BOARD else ""
    day = asked or kept.standing.day
    context: dict[str, Any] = {
        "pipeline": found,
        "on": day,
        "given": given,
        "fault": _("Write the day as year-month-day, for example 2015-07-10.") if given and not asked else "",
        "stage": stage,
        "stages": BOARD,
    }
    if found["sectors"]:
        context["board"] = _board(kept, found, day, stage)
        context["policy"] = kept.drawn(
            "public/_policy.html", "policy", lambda: policy_of(all_agreements(kept), found, kept.today)
        )
    return render(request, "public/pipeline.html", context)


def _board(kept: Remembering, pipeline: Copy, day: date, stage: str) -> SafeString:
    """Sectors by stage; kept for today only, because a reader may ask for any day."""

    def context() -> dict[str, Any]:
        return {"board": sectors_by_stage(pipeline, all_agreements(kept), day.isoformat(), stage)}

    if day == kept.standing.day:
        return kept.drawn("public/_board.html", stage, context)
    return render_to_string("public/_board.html", context())


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
