"""The firm's chains of a year: overview, one chain by hand, last year's chains, download."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ketenwijs.domain.agreements.parts import works_with
from ketenwijs.domain.agreements.selectors import agreement_slugs_of
from ketenwijs.domain.agreements.workspaces import workspaces_of
from ketenwijs.domain.chains import exports, graph, pictures, policies, selectors, services
from ketenwijs.domain.chains.forms import ChainForm, are_right, further_places, further_values, initial_of
from ketenwijs.domain.chains.models import IntakeBatch
from ketenwijs.domain.chains.part import CODE
from ketenwijs.domain.chains.rules import may_take_along, worth_opening
from ketenwijs.domain.chains.selectors.chains import mapped
from ketenwijs.domain.chains.views.opening import go_to, opened, opened_to_edit, ticked, to_places, tried, writable
from ketenwijs.domain.chains.views.origins import origins_of, points_of
from ketenwijs.domain.chains.views.showing import by_country, shown_chain, shown_coverage, shown_people
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion
from ketenwijs.foundation.ui.forms import add_domain_error
from ketenwijs.foundation.ui.pages import paginate

PER_PAGE = 100


@signed_in
@require_GET
def home(request: ViewerRequest) -> HttpResponse:
    """From the menu to the chains of the year to work on; with several agreements a choice."""
    mine = [one for one in workspaces_of(request.viewer) if policies.may_read_in(request.viewer, one)]
    found = [one for one in mine if works_with(one, CODE)]
    if len(found) == 1:
        return go_to("overview", found[0].url_parts)
    return render(request, "chains/home.html", {"workspaces": found, "without_chains": bool(mine) and not found})


@signed_in
@require_GET
def overview(request: ViewerRequest, **parts: str) -> HttpResponse:
    """What is known, the list by country, and the picture."""
    workspace = opened(request, parts)
    chains = selectors.chains_in(workspace)
    counted = selectors.counted_in(workspace)
    editable = writable(workspace)
    batches = list(selectors.batches_in(workspace)) if workspace.is_own else []
    page = paginate(request, chains, PER_PAGE)
    situations = selectors.situations_in(workspace) if counted else None
    context = {
        "workspace": workspace,
        "chains": chains,
        "page": page,
        "countries": by_country(list(page.object_list), situations.names if situations else None),
        "coverage": selectors.coverage_in(workspace),
        "covered": shown_coverage(selectors.coverage_in(workspace), pictures.bar_of),
        "worth_opening": [shown_chain(one) for one in worth_opening(counted)] if editable else [],
        "map": pictures.map_of(counted) if counted else None,
        "origins": origins_of(counted),
        "points": points_of(counted),
        "over_years": selectors.coverage_over_years(workspace),
        "picture": graph.graph_of(counted, workspace.organisation.name) if counted else None,
        "situations": situations,
        "people": [] if workspace.is_own else shown_people(selectors.people_in(workspace)),
        "editable": editable,
        "closed": selectors.is_closed(workspace),
        "several": editable and len(agreement_slugs_of(workspace.organisation.pk)) > 1,
        "left_out": sum(1 for one in chains if not one.counts),
        "waiting": sum(1 for one in chains if not one.is_confirmed),
        "earlier": selectors.year_to_carry(workspace) if editable and may_take_along(chains) else None,
        "open_sheets": [one for one in batches if one.state == IntakeBatch.State.OPEN],
        "past_sheets": [one for one in batches if one.state == IntakeBatch.State.CONFIRMED],
    }
    return render(request, "chains/overview.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def add(request: ViewerRequest, **parts: str) -> HttpResponse:
    """One chain by hand; "save and add another" keeps the pace for a short list."""
    workspace = opened_to_edit(request, parts)
    form = ChainForm(request.POST or None, initial={"version": 0, "may_name_area": True})
    places = further_places(request.POST or None)
    if request.method == "POST" and form.is_valid() and are_right(places):
        values = form.values(further_values(places))
        try:
            added = services.add_chain(actor=request.viewer, workspace=workspace, values=values)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The chain was added."))
            if "place" in request.POST:
                return to_places(added.pk, parts)
            return go_to("add" if "another" in request.POST else "overview", parts)
    return render(request, "chains/chain.html", {"workspace": workspace, "form": form, "places": places})


@signed_in
@require_http_methods(["GET", "POST"])
def change(request: ViewerRequest, pk: int, **parts: str) -> HttpResponse:
    """Correct one chain. With an outdated page both versions are shown and nothing is lost."""
    workspace = opened_to_edit(request, parts)
    chain = selectors.chain_in(workspace, pk)
    if chain is None:
        raise Http404
    plain = mapped(chain)
    started = {**initial_of(plain), "open_to_acting": pk in selectors.open_chains(workspace)}
    form = ChainForm(request.POST or None, initial=started)
    places = further_places(request.POST or None, plain.further)
    context = {"workspace": workspace, "form": form, "places": places, "chain": chain, "rows": chain.rows}
    status = 200
    if request.method == "POST" and form.is_valid() and are_right(places):
        version, values = form.cleaned_data["version"], form.values(further_values(places))
        try:
            services.change_chain(
                actor=request.viewer, workspace=workspace, chain=chain, version=version, values=values
            )
            messages.success(request, _("The chain was saved."))
            return to_places(pk, parts) if "place" in request.POST else go_to("overview", parts)
        except DomainError as error:
            add_domain_error(form, error)
            if isinstance(error, StaleVersion):
                status, context["stored"] = 409, shown_chain(plain)
                form.data = {**request.POST.dict(), "version": chain.version}
    return render(request, "chains/chain.html", context, status=status)


@signed_in
@require_POST
def remove(request: ViewerRequest, **parts: str) -> HttpResponse:
    """Take the ticked chains out of the list; all or none."""
    workspace = opened_to_edit(request, parts)
    pks = ticked(request)
    return tried(
        request,
        lambda: services.remove_chains(actor=request.viewer, workspace=workspace, pks=pks),
        lambda count: (
            ngettext("%(count)s chain was removed.", "%(count)s chains were removed.", count) % {"count": count}
        ),
        reverse("chains:overview", kwargs=parts),
    )


def _choose(request: ViewerRequest, parts: dict[str, str], *, counts: bool) -> HttpResponse:
    workspace = opened_to_edit(request, parts)
    pks = ticked(request)

    def done(count: int) -> str:
        words = {"count": count, "agreement": workspace.definition.name}
        if counts:
            text = ngettext(
                "%(count)s chain counts for %(agreement)s.", "%(count)s chains count for %(agreement)s.", count
            )
        else:
            text = ngettext(
                "%(count)s chain is not handed in for %(agreement)s.",
                "%(count)s chains are not handed in for %(agreement)s.",
                count,
            )
        return text % words

    return tried(
        request,
        lambda: services.count_for(actor=request.viewer, workspace=workspace, pks=pks, counts=counts),
        done,
        reverse("chains:overview", kwargs=parts),
    )


@signed_in
@require_POST
def leave_out(request: ViewerRequest, **parts: str) -> HttpResponse:
    """Keep the ticked chains out of what is handed in for this agreement; for firms in several."""
    return _choose(request, parts, counts=False)


@signed_in
@require_POST
def count(request: ViewerRequest, **parts: str) -> HttpResponse:
    """Hand the ticked chains in for this agreement after all."""
    return _choose(request, parts, counts=True)


@signed_in
@require_POST
def carry_over(request: ViewerRequest, **parts: str) -> HttpResponse:
    """Take the chains of the latest earlier year along."""
    workspace = opened_to_edit(request, parts)
    earlier = selectors.year_to_carry(workspace)
    return tried(
        request,
        lambda: services.carry_over(actor=request.viewer, workspace=workspace, previous_year_code=earlier or ""),
        lambda count: (
            ngettext(
                "%(count)s chain was taken along. Look at it and confirm.",
                "%(count)s chains were taken along. Look at them and confirm.",
                count,
            )
            % {"count": count}
        ),
        reverse("chains:overview", kwargs=parts),
    )


@signed_in
@require_POST
def confirm(request: ViewerRequest, **parts: str) -> HttpResponse:
    """Confirm all waiting chains with one press, or the ticked ones."""
    workspace = opened_to_edit(request, parts)
    pks = None if "waiting" in request.POST else ticked(request)
    value = request.POST.get("waiting", "")
    shown = int(value) if value.isdecimal() and len(value) < 9 else None
    return tried(
        request,
        lambda: services.confirm_all(actor=request.viewer, workspace=workspace, shown=shown, pks=pks),
        lambda count: (
            ngettext("%(count)s chain was confirmed.", "%(count)s chains were confirmed.", count) % {"count": count}
        ),
        reverse("chains:overview", kwargs=parts),
    )


@signed_in
@require_GET
def export(request: ViewerRequest, **parts: str) -> HttpResponse:
    """The chains as a workbook; the same rows as the page."""
    workspace = opened(request, parts)
    title = f"{workspace.organisation.name} {workspace.year.code}"
    content = exports.workbook_of(selectors.chains_in(workspace), title=title)
    response = HttpResponse(content, content_type=exports.CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="chains-{workspace.year.code}.xlsx"'
    return response
