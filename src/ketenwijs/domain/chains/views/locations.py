"""The register of locations: the list, the page of one, and everything that happens to one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ketenwijs.domain.chains import choices, pictures, policies, selectors, services
from ketenwijs.domain.chains.forms.locations import (
    CloseForm,
    LocationForm,
    LocationsForm,
    MoveForm,
    NumberForm,
    SplitForm,
    initial_of_location,
)
from ketenwijs.domain.chains.models import SharedSite
from ketenwijs.domain.chains.selectors import Narrowing
from ketenwijs.domain.chains.views.matching import decision_rows, numbers
from ketenwijs.domain.chains.views.opening import tried
from ketenwijs.domain.chains.views.reasons import percent, reason_lines
from ketenwijs.domain.chains.views.register import address, answer, framed, opened_location, opened_register
from ketenwijs.foundation.access.pages import ViewerRequest, needs
from ketenwijs.foundation.ui.errors import DomainError
from ketenwijs.foundation.ui.pages import paginate

FOUND = 10
MOST_SHARED = 20
DECISIONS_SHOWN = 50


@needs(policies.MATCH_SITES)
@require_GET
def locations(request: ViewerRequest, agreement: str) -> HttpResponse:
    """All locations with the number of members that use each."""
    found = opened_register(request, agreement)
    form = LocationsForm(request.GET)
    page = paginate(request, selectors.locations_of(request.viewer, found, form.narrowing, counted=False))
    shown = list(page.object_list)
    members = selectors.members_counted(request.viewer, found, shown)
    rows = [
        (one, choices.site_kind_name(one.kind), choices.country_name(one.country), members.get(one.pk, 0))
        for one in shown
    ]
    return render(request, "chains/locations.html", framed(found, "locations", page=page, rows=rows, filter=form))


@needs(policies.MATCH_SITES)
@require_GET
def overview_map(request: ViewerRequest, agreement: str) -> HttpResponse:
    """The register on the map, by country, and the locations that most members share."""
    found = opened_register(request, agreement)
    counted = selectors.register_map(request.viewer, found)
    if counted is None:
        raise Http404
    picture = pictures.register_picture(counted, lambda pk: reverse("chains:location", args=[agreement, pk]))
    shared = [
        (one, choices.site_kind_name(one.kind), choices.country_name(one.country))
        for one in selectors.shared_locations(request.viewer, found, MOST_SHARED)
    ]
    countries = [(one, choices.country_name(one.country)) for one in counted.countries]
    context = framed(found, "map", map=picture, countries=countries, shared=shared, not_drawn=counted.not_drawn)
    return render(request, "chains/locations_map.html", context)


@needs(policies.MATCH_SITES)
@require_GET
def location(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """One location: which members use it, under which names, its numbers, what was decided and what happened."""
    found, shown = opened_location(request, agreement, pk)
    if shown.is_merged:
        return redirect(address(found, shown))
    viewer, today = request.viewer, timezone.localdate()
    decided = selectors.decisions_of(viewer, found, shown)[:DECISIONS_SHOWN]
    members = selectors.members_at(viewer, found, shown, today)
    changes = selectors.changes_of(viewer, found, shown)
    context = framed(
        found,
        "locations",
        location=shown,
        kind=choices.site_kind_name(shown.kind),
        country=choices.country_name(shown.country),
        members=members,
        may_invite=sum(one.is_open for one in members) > 1,
        numbers=selectors.numbers_of(viewer, found, shown),
        rows=decision_rows(decided),
        changes=changes,
        merged=list({one.shared_id: one.shared for one in changes if one.shared.merged_into_id == shown.pk}.values()),
        invitations=selectors.invitations_at(viewer, found, shown),
    )
    return render(request, "chains/location.html", context)


@needs(policies.MATCH_SITES)
@require_http_methods(["GET", "POST"])
def change(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Correct a location."""
    found, shown = opened_location(request, agreement, pk)
    form = LocationForm(request.POST or None, initial=initial_of_location(shown))

    def save() -> SharedSite:
        return services.change_location(
            actor=request.viewer, agreement=found, location=shown,
            version=form.cleaned_data["version"], values=form.values,
        )  # fmt: skip

    context = framed(found, "locations", title=_("Change %(name)s") % {"name": shown}, cancel=address(found, shown))
    return answer(
        request, form, save, _("The location was saved."), lambda _saved: address(found, shown), context,
        lambda: selectors.location_for(request.viewer, found, pk),
    )  # fmt: skip


@needs(policies.MATCH_SITES)
@require_http_methods(["GET", "POST"])
def number(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Note a number of a location."""
    found, shown = opened_location(request, agreement, pk)
    today = timezone.localdate()
    form = NumberForm(request.POST or None, initial={"checked_on": today})

    def save() -> Any:
        return services.add_number(
            actor=request.viewer, agreement=found, location=shown, today=today, **form.cleaned_data
        )

    title = _("Number of %(name)s") % {"name": shown}
    context = framed(found, "locations", title=title, cancel=address(found, shown))
    return answer(request, form, save, _("The number was saved."), lambda _saved: address(found, shown), context)


@needs(policies.MATCH_SITES)
@require_http_methods(["GET", "POST"])
def close(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Say since when no work is done there."""
    found, shown = opened_location(request, agreement, pk)
    form = CloseForm(request.POST or None, initial={"version": shown.version, "on": timezone.localdate()})

    def save() -> SharedSite:
        typed = form.cleaned_data
        return services.close_location(
            actor=request.viewer, agreement=found, location=shown, version=typed["version"], on=typed["on"]
        )

    title = _("Close %(name)s") % {"name": shown}
    lead = _("Its names, numbers and decisions stay. You can open it again.")
    context = framed(found, "locations", title=title, lead=lead, cancel=address(found, shown))
    return answer(request, form, save, _("The location was closed."), lambda _saved: address(found, shown), context)


@needs(policies.MATCH_SITES)
@require_http_methods(["GET", "POST"])
def move(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Say that the work went on at another place."""
    found, shown = opened_location(request, agreement, pk)
    start = {**initial_of_location(shown), "latitude": None, "longitude": None, "on": timezone.localdate()}
    form = MoveForm(request.POST or None, initial=start)

    def save() -> SharedSite:
        return services.move_location(
            actor=request.viewer, agreement=found, location=shown, version=form.cleaned_data["version"],
            on=form.cleaned_data["on"], values=form.values,
        )  # fmt: skip

    title = _("%(name)s moved") % {"name": shown}
    lead = _("Fill in the new place. It becomes a location of its own, and the old one points to it.")
    context = framed(found, "locations", title=title, lead=lead, cancel=address(found, shown))
    return answer(request, form, save, _("The move was saved."), lambda made: address(found, made), context)


@needs(policies.MATCH_SITES)
@require_POST
def reopen(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Take closing or moving back."""
    found, shown = opened_location(request, agreement, pk)
    version = numbers([request.POST.get("version", "")])
    return tried(
        request,
        lambda: services.reopen_location(
            actor=request.viewer, agreement=found, location=shown, version=version[0] if version else 0
        ),
        lambda _saved: _("The location is open again."),
        address(found, shown),
    )


@needs(policies.MATCH_SITES)
@require_http_methods(["GET", "POST"])
def merge(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Find the other location and say that both are one."""
    found, shown = opened_location(request, agreement, pk)
    if request.method == "POST":
        wanted = numbers([request.POST.get("kept", "")])
        kept = selectors.location_for(request.viewer, found, wanted[0]) if wanted else None
        if kept is None:
            raise Http404
        try:
            services.merge_locations(actor=request.viewer, agreement=found, gone=shown, kept=kept)
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("chains:merge", found.slug, shown.pk)
        messages.success(request, _("The locations were merged."))
        return redirect(address(found, kept))
    text = " ".join(request.GET.get("q", "").split())[:100]
    every = (
        selectors.locations_of(request.viewer, found, Narrowing(text=text), counted=False)[: FOUND + 1] if text else []
    )
    lines = [(one, choices.country_name(one.country)) for one in every if one.pk != shown.pk][:FOUND]
    doubles = [] if text else selectors.doubles_of(request.viewer, found, shown)
    context = framed(found, "locations", location=shown, q=text, lines=lines)
    context["doubles"] = [
        (one.location, choices.country_name(one.location.country), percent(one.probability), reason_lines(one.reasons))
        for one in doubles
    ]
    return render(request, "chains/merge.html", context)


@needs(policies.MATCH_SITES)
@require_POST
def unmerge(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Let a merged location stand for itself again."""
    found, shown = opened_location(request, agreement, pk)
    return tried(
        request,
        lambda: services.undo_merge(actor=request.viewer, agreement=found, location=shown),
        lambda _saved: _("The merge was undone."),
        reverse("chains:location", args=[found.slug, shown.pk]),
    )


@needs(policies.MATCH_SITES)
@require_http_methods(["GET", "POST"])
def split(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Say that some of the sites here are another place."""
    found, shown = opened_location(request, agreement, pk)
    decided = selectors.decisions_of(request.viewer, found, shown).filter(is_same=True, undone_at__isnull=True)
    start = {
        **initial_of_location(shown),
        **dict.fromkeys(("name", "other_names"), ""),
        "latitude": None,
        "longitude": None,
    }
    form = SplitForm(request.POST or None, initial=start, matches=list(decided))

    def save() -> SharedSite:
        typed = form.cleaned_data
        return services.split_location(
            actor=request.viewer, agreement=found, location=shown, version=typed["version"],
            matches=typed["matches"], values=form.values,
        )  # fmt: skip

    title = _("Split %(name)s") % {"name": shown}
    lead = _("Tick the sites that are another place and say what that place is. Numbers stay with the old location.")
    context = framed(found, "locations", title=title, lead=lead, cancel=address(found, shown))
    return answer(request, form, save, _("The location was split."), lambda made: address(found, made), context)
