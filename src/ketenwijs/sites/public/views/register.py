"""The register of an agreement: firms, authorities, plans, and extracts that can be checked."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ketenwijs.domain.reference import selectors as reference
from ketenwijs.foundation.publishing.selectors import current
from ketenwijs.foundation.publishing.signing import check_code, is_right
from ketenwijs.foundation.ui.pages import paginate
from ketenwijs.sites.public import copies
from ketenwijs.sites.public import register as members
from ketenwijs.sites.public.finding import MOST, Finder
from ketenwijs.sites.public.frames import all_agreements, entry_or_404, frame, site
from ketenwijs.sites.public.register import Entry
from ketenwijs.sites.public.showing import outcome_of, register_rows, statement_text

PER_PAGE = 40


@require_safe
def register(request: HttpRequest, agreement: str) -> HttpResponse:
    """The register of firms: name, since when, group, level or colour, plan."""
    kept = site()
    context = frame(kept, agreement)
    name = request.GET.get("name", "").strip()[:100]
    every, finder = kept.keep(("entries", agreement), lambda: _entries(agreement))
    positions = finder.positions(name) if name else range(len(every))
    page = paginate(request, positions, PER_PAGE)  # type: ignore[arg-type]
    listed = [every[position] for position in page.object_list]
    context |= {"page": page, "number": min(len(positions), MOST) if name else len(positions), "name": name}
    context |= {"too_many": bool(name) and len(positions) > MOST}
    if name:
        context["rows"] = register_rows(listed, context["agreement"])
    elif listed:
        # Without a search there are only so many pages: each is drawn once.
        context["table"] = kept.drawn(
            "public/_register_table.html",
            (agreement, page.number),
            lambda: {"rows": register_rows(listed, context["agreement"])},
        )
    context["meanings"] = kept.drawn(
        "public/_outcomes.html", agreement, lambda: {"schemes": context["agreement"].payload["schemes"]}
    )
    return render(request, "public/register.html", context)


def _entries(agreement: str) -> tuple[list[Entry], Finder]:
    """All members with what finds them by name."""
    every = members.entries(agreement)
    return every, Finder(str(one.member["name"]) for one in every)


@require_safe
def firm(request: HttpRequest, agreement: str, firm: str) -> HttpResponse:
    """One firm in the register."""
    kept = site()
    context, entry = frame(kept, agreement), entry_or_404(kept, agreement, firm)
    context |= {"entry": entry, "outcome": outcome_of(entry, context["agreement"])}
    return render(request, "public/firm.html", context)


@require_safe
def extract(request: HttpRequest, agreement: str, firm: str) -> HttpResponse:
    """The dated extract for a buyer: printable, with a check code and with what it does not prove."""
    kept = site()
    context, entry = frame(kept, agreement), entry_or_404(kept, agreement, firm)
    today = timezone.localdate()
    text = statement_text(entry, context["agreement"])
    context |= {
        "entry": entry,
        "outcome": outcome_of(entry, context["agreement"]),
        "today": today,
        "code": check_code(text, today),
    }
    return render(request, "public/extract.html", context)


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Whether an extract with this code, firm and day came from here and is still what the register says."""
    given = {name: request.GET.get(name, "").strip()[:120] for name in ("agreement", "firm", "day", "code")}
    answer = _answer(given) if all(given.values()) else None
    with_register = copies.holdings()
    listed = [one for one in all_agreements(site()) if one.slug in with_register and with_register[one.slug].companies]
    return render(request, "public/check.html", {"given": given, "answer": answer, "agreements": listed})


def _answer(given: dict[str, str]) -> str:
    """`right` or `wrong`: a wrong code and an unknown firm give the same answer."""
    try:
        day = date.fromisoformat(given["day"])
    except ValueError:
        return "wrong"
    found, entry = copies.agreement(given["agreement"]), members.entry(given["agreement"], given["firm"])
    if found is None or entry is None:
        return "wrong"
    return "right" if is_right(given["code"], statement_text(entry, found), day) else "wrong"


@require_safe
def authorities(request: HttpRequest, agreement: str) -> HttpResponse:
    """The register of contracting authorities."""
    kept = site()
    context = frame(kept, agreement)
    rows = kept.keep(("authorities", agreement), lambda: members.authorities(agreement))
    context["rows"] = rows
    if rows:
        context["table"] = kept.drawn(
            "public/_authorities_table.html", agreement, lambda: context | {"kinds": _kinds()}
        )
    return render(request, "public/authorities.html", context)


def _kinds() -> dict[str, str]:
    found = reference.organisation_kind("authority")
    return {item.code: item.name for item in found.subkinds} if found else {}


@require_safe
def plan(request: HttpRequest, agreement: str, firm: str, year: str) -> HttpResponse:
    """One published plan of action."""
    context = frame(site(), agreement)
    published = current("plans.plan", f"{agreement}/{firm}/{year}")
    if published is None:
        raise Http404
    context |= {"payload": published.payload, "published_on": published.effective_on}
    return render(request, "public/plan.html", context)
