"""The page of the policy pipeline: where sectors stand or stood, goals against what was reached, contested counts."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ketenwijs.sites.public import copies
from ketenwijs.sites.public.frames import all_agreements, site
from ketenwijs.sites.public.policy import policy_of, sectors_by_stage
from ketenwijs.sites.public.rules import STAGES


@require_safe
def pipeline(request: HttpRequest) -> HttpResponse:
    """All sectors as of a day (`?on=2015-07-10`, today without it), those of one stage with `?stage=`."""
    kept = site()
    found = kept.keep("pipeline", copies.pipeline)
    given = request.GET.get("on", "").strip()
    asked = _day(given)
    stage = request.GET.get("stage", "")
    day = asked or kept.standing.day
    context = {
        "pipeline": found,
        "on": day,
        "given": given,
        "fault": _("Write the day as year-month-day, for example 2015-07-10.") if given and not asked else "",
        "stage": stage if stage in STAGES else "",
        "stages": [code for code in STAGES if any(m["stage"] == code for s in found["sectors"] for m in s["moments"])],
        "board": sectors_by_stage(found, day.isoformat(), stage if stage in STAGES else ""),
    }
    if found["sectors"]:
        context["policy"] = kept.drawn(
            "public/_policy.html", "policy", lambda: policy_of(all_agreements(kept), found, kept.today)
        )
    return render(request, "public/pipeline.html", context)


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
