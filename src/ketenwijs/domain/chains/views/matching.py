"""The secretariat decides which sites of members are one location: the queue, one site, the sure ones, what was decided."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.selectors import agreements_of, definition_of
from ketenwijs.domain.chains import choices, policies, selectors, services
from ketenwijs.domain.chains.forms.locations import SitesForm
from ketenwijs.domain.chains.models import Site, SiteMatch
from ketenwijs.domain.chains.selectors import Narrowing, ProposedLocation
from ketenwijs.domain.chains.views.opening import tried
from ketenwijs.domain.chains.views.reasons import in_short, percent, reason_lines
from ketenwijs.domain.chains.views.register import framed, opened_register
from ketenwijs.foundation.access.pages import ViewerRequest, needs
from ketenwijs.foundation.ui.pages import paginate

PER_PAGE = 20
MOST_SURE = 100
FOUND_BY_HAND = 10


def numbers(values: list[str]) -> list[int]:
    """Row numbers from a form; anything else is passed over."""
    return [int(value) for value in values if value.isdecimal() and len(value) < 18]


@needs(policies.MATCH_SITES)
@require_GET
def home(request: ViewerRequest) -> HttpResponse:
    """The agreements whose register this person keeps; with one, straight to it."""
    found = [one for one in agreements_of(request.viewer) if policies.may_match_sites(request.viewer, one)]
    if len(found) == 1:
        return redirect("chains:locations", found[0].slug)
    return render(request, "chains/locations_home.html", {"lines": [(definition_of(one).name, one) for one in found]})


@needs(policies.MATCH_SITES)
@require_GET
def queue(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Sites that wait for a decision, each with the best proposal."""
    found = opened_register(request, agreement)
    form = SitesForm(request.GET)
    page = paginate(request, selectors.unmatched_sites(request.viewer, found, form.narrowing), PER_PAGE)
    proposed = selectors.proposals_for(request.viewer, found, list(page.object_list))
    rows = [_row(site, proposed.get(site.pk, [])) for site in page.object_list]
    return render(request, "chains/queue.html", framed(found, "queue", page=page, rows=rows, filter=form))


def _row(site: Site, proposed: list[ProposedLocation]) -> dict[str, Any]:
    return {
        "site": site,
        "kind": choices.site_kind_name(site.kind),
        "country": choices.country_name(site.country),
        "proposed": [_shown(one) for one in proposed],
    }


def _shown(one: ProposedLocation) -> dict[str, Any]:
    return {
        "location": one.location,
        "country": choices.country_name(one.location.country),
        "kind": choices.site_kind_name(one.location.kind),
        "chance": percent(one.probability),
        "reasons": reason_lines(one.reasons),
        "short": in_short(one.reasons),
    }


@needs(policies.MATCH_SITES)
@require_POST
def register_new(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Register the ticked sites as new locations."""
    found = opened_register(request, agreement)
    wanted = numbers(request.POST.getlist("site"))

    def done(made: list[Any]) -> str:
        left = len(set(wanted)) - len(made)
        text = ngettext("%(count)s location was registered.", "%(count)s locations were registered.", len(made))
        if left:
            more = ngettext(
                "%(left)s site looks like one of them and waits for your decision.",
                "%(left)s sites look like one of them and wait for your decision.",
                left,
            )
            text = f"{text} {more}"
        return text % {"count": len(made), "left": left}

    target = reverse("chains:queue", args=[found.slug])
    return tried(
        request, lambda: services.register_sites(actor=request.viewer, agreement=found, pks=wanted), done, target
    )


@needs(policies.MATCH_SITES)
@require_http_methods(["GET", "POST"])
def match(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """One site: all proposals explained, a search by hand, and the decision."""
    found = opened_register(request, agreement)
    site = selectors.site_for(request.viewer, found, pk)
    if site is None:
        raise Http404
    if request.method == "POST":
        return _decide(request, found, site)
    running = selectors.running_match_of(request.viewer, found, site)
    proposed = [] if running else selectors.proposals_for(request.viewer, found, [site]).get(site.pk, [])
    text = " ".join(request.GET.get("q", "").split())[:100]
    every = selectors.locations_of(request.viewer, found, Narrowing(text=text), counted=False)
    by_hand = every[:FOUND_BY_HAND] if text else []
    context = framed(found, "queue", running=running, q=text, **_row(site, proposed))
    context["by_hand"] = [(one, choices.country_name(one.country)) for one in by_hand]
    context["refused"] = [
        one for one in selectors.decisions_of(request.viewer, found).filter(site=site, undone_at__isnull=True)
        if not one.is_same
    ]  # fmt: skip
    return render(request, "chains/match.html", context)


def _decide(request: ViewerRequest, agreement: Agreement, site: Site) -> HttpResponse:
    act, chosen = request.POST.get("act", ""), numbers([request.POST.get("location", "")])
    viewer, onward = request.viewer, reverse("chains:queue", args=[agreement.slug])
    if act == "new":
        return tried(
            request,
            lambda: services.register_sites(actor=viewer, agreement=agreement, pks=[site.pk]),
            lambda _made: _("The location was registered."),
            onward,
        )
    location = selectors.location_for(viewer, agreement, chosen[0]) if chosen else None
    if location is None or act not in ("same", "other"):
        raise Http404
    if act == "same":
        return tried(
            request,
            lambda: services.match_site(actor=viewer, agreement=agreement, site=site, location=location),
            lambda _decided: _("Decided: the same location."),
            onward,
        )
    return tried(
        request,
        lambda: services.refuse_match(actor=viewer, agreement=agreement, site=site, location=location),
        lambda _decided: _("Decided: not the same. It is not proposed again."),
        reverse("chains:match", args=[agreement.slug, site.pk]),
    )


@needs(policies.MATCH_SITES)
@require_http_methods(["GET", "POST"])
def sure(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Proposals that are as good as certain, to be looked through and confirmed in one press."""
    found = opened_register(request, agreement)
    least = settings.SURE_MATCH
    if request.method == "POST":
        pairs = [tuple(numbers(value.split("-", 1))) for value in request.POST.getlist("pair")]
        return tried(
            request,
            lambda: services.accept_proposals(
                actor=request.viewer, agreement=found, pairs=[(p[0], p[1]) for p in pairs if len(p) == 2], least=least
            ),
            lambda decided: (
                ngettext("%(count)s site was matched.", "%(count)s sites were matched.", len(decided))
                % {"count": len(decided)}
            ),
            reverse("chains:sure", args=[found.slug]),
        )
    every = selectors.sure_proposals(request.viewer, found, least)
    rows = [{**_row(site, []), "best": _shown(one)} for site, one in every[:MOST_SURE]]
    context = framed(found, "sure", rows=rows, more=len(every) - len(rows), least=percent(least))
    return render(request, "chains/sure.html", context)


@needs(policies.MATCH_SITES)
@require_GET
def decisions(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Everything that was decided, newest first, undone decisions included."""
    found = opened_register(request, agreement)
    page = paginate(request, selectors.decisions_of(request.viewer, found))
    return render(request, "chains/decisions.html", framed(found, "decisions", page=page, rows=decision_rows(page)))


def decision_rows(decided: Any) -> list[dict[str, Any]]:
    """Decisions in words."""
    return [
        {"decision": one, "chance": percent(one.probability), "reasons": reason_lines(one.reasons)} for one in decided
    ]


@needs(policies.MATCH_SITES)
@require_POST
def undo(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Take one decision back."""
    found = opened_register(request, agreement)
    decision: SiteMatch | None = selectors.decisions_of(request.viewer, found).filter(pk=pk).first()
    if decision is None:
        raise Http404
    return tried(
        request,
        lambda: services.undo_decision(actor=request.viewer, agreement=found, decision=decision),
        lambda _undone: _("The decision was undone; the site waits for a decision again."),
        reverse("chains:match", args=[found.slug, decision.site_id]),
    )
