"""Pages of the public site; everything on them is a published copy."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ketenwijs.domain.reference import selectors as reference
from ketenwijs.foundation.publishing.selectors import all_current, current
from ketenwijs.foundation.publishing.signing import check_code, is_right
from ketenwijs.foundation.ui.pages import paginate
from ketenwijs.sites.public import register as copies
from ketenwijs.sites.public.register import Agreement, Entry
from ketenwijs.sites.public.showing import names_for, outcome_of, statement_text, words


def agreement_or_404(slug: str) -> Agreement:
    """The agreement's public copy."""
    found = copies.agreement(slug)
    if found is None:
        raise Http404
    return found


def entry_or_404(slug: str, firm: str) -> Entry:
    """A member's public copy; not in the register and never heard of look the same."""
    found = copies.entry(slug, firm)
    if found is None:
        raise Http404
    return found


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """All agreements of this installation."""
    return render(request, "public/home.html", {"agreements": copies.agreements()})


@require_safe
def register(request: HttpRequest, agreement: str) -> HttpResponse:
    """The register of firms: name, since when, group, level or colour, plan."""
    found = agreement_or_404(agreement)
    name = request.GET.get("name", "").strip()[:100]
    rows = [one for one in copies.entries(agreement) if name.casefold() in str(one.member["name"]).casefold()]
    page = paginate(request, rows, per_page=60)
    context = {
        "agreement": found,
        "page": page,
        "rows": [(one, outcome_of(one, found)) for one in page],
        "number": len(rows),
        "name": name,
        **names_for(found),
    }
    return render(request, "public/register.html", context)


@require_safe
def firm(request: HttpRequest, agreement: str, firm: str) -> HttpResponse:
    """One firm in the register."""
    found, entry = agreement_or_404(agreement), entry_or_404(agreement, firm)
    context = {
        "agreement": found,
        "entry": entry,
        "outcome": outcome_of(entry, found),
        "history": copies.outcome_history(agreement, firm),
        **names_for(found),
    }
    return render(request, "public/firm.html", context)


@require_safe
def extract(request: HttpRequest, agreement: str, firm: str) -> HttpResponse:
    """The dated extract for a buyer: printable, with a check code and with what it does not prove."""
    found, entry = agreement_or_404(agreement), entry_or_404(agreement, firm)
    today = timezone.localdate()
    text = statement_text(entry, found)
    context = {
        "agreement": found,
        "entry": entry,
        "outcome": outcome_of(entry, found),
        "today": today,
        "code": check_code(text, today),
        **names_for(found),
    }
    return render(request, "public/extract.html", context)


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Whether an extract with this code, firm and day came from here and is still what the register says."""
    given = {name: request.GET.get(name, "").strip()[:120] for name in ("agreement", "firm", "day", "code")}
    answer = _answer(given) if all(given.values()) else None
    return render(request, "public/check.html", {"given": given, "answer": answer, "agreements": copies.agreements()})


def _answer(given: dict[str, str]) -> str:
    """`right` or `wrong`: a wrong code and an unknown firm give the same answer."""
    try:
        day = date.fromisoformat(given["day"])
    except ValueError:
        return "wrong"
    found, entry = copies.agreement(given["agreement"]), copies.entry(given["agreement"], given["firm"])
    if found is None or entry is None:
        return "wrong"
    return "right" if is_right(given["code"], statement_text(entry, found), day) else "wrong"


@require_safe
def authorities(request: HttpRequest, agreement: str) -> HttpResponse:
    """The register of contracting authorities."""
    found = agreement_or_404(agreement)
    rows = copies.authorities(agreement)
    kinds = {code: item.name for code, item in _subkinds("authority").items()}
    return render(
        request, "public/authorities.html", {"agreement": found, "rows": rows, "kinds": kinds, **names_for(found)}
    )


def _subkinds(kind: str) -> dict[str, Any]:
    found = reference.organisation_kind(kind)
    return {item.code: item for item in found.subkinds} if found else {}


@require_safe
def plan(request: HttpRequest, agreement: str, firm: str, year: str) -> HttpResponse:
    """One published plan of action."""
    found = agreement_or_404(agreement)
    published = current("plans.plan", f"{agreement}/{firm}/{year}")
    if published is None:
        raise Http404
    context = {
        "agreement": found,
        "payload": published.payload,
        "published_on": published.effective_on,
        **names_for(found),
    }
    return render(request, "public/plan.html", context)


@require_safe
def areas(request: HttpRequest, agreement: str) -> HttpResponse:
    """Quarry areas: names as the agreement decides, never counts or volumes of a small group."""
    found = agreement_or_404(agreement)
    published = current("chains.quarry_areas", agreement)
    context = {"agreement": found, "published": published, **names_for(found)}
    return render(request, "public/areas.html", context)


@require_safe
def figures(request: HttpRequest, agreement: str) -> HttpResponse:
    """Dated figures of the sector with their sources and, where figures contradict each other, the reading chosen."""
    found = agreement_or_404(agreement)
    published = current("agreements.figures", agreement)
    reports = all_current("reports.annual", prefix=f"{agreement}/")
    context = {
        "agreement": found,
        "payload": published.payload if published else None,
        "reports": [one.key.split("/")[-1] for one in reports],
        "indicator_names": {o["code"]: words(o["name"]) for o in published.payload["indicators"]} if published else {},
        **names_for(found),
    }
    return render(request, "public/figures.html", context)


@require_safe
def report(request: HttpRequest, agreement: str, year: str) -> HttpResponse:
    """A released annual report."""
    found = agreement_or_404(agreement)
    published = current("reports.annual", f"{agreement}/{year}")
    if published is None:
        raise Http404
    context = {"agreement": found, "published": published, "payload": published.payload, "year": year}
    return render(request, "public/report.html", context)
