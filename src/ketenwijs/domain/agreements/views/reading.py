"""The agreement in words, and the secretariat's lists and pages of those who take part."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ketenwijs.domain.agreements import listing, packages, policies, selectors
from ketenwijs.domain.agreements.definitions import AgreementFile
from ketenwijs.domain.agreements.forms import MemberFilter
from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.agreements.workspaces import workspaces_of
from ketenwijs.domain.participants.policies import roles_to_invite
from ketenwijs.domain.participants.selectors import identifiers_of, people_of
from ketenwijs.foundation.access.pages import ViewerRequest, needs, signed_in
from ketenwijs.foundation.ui.pages import paginate

KIND_OF_PAGE = {"members": Membership.Kind.PARTICIPANT, "authorities": Membership.Kind.AUTHORITY}


def agreement_or_404(request: ViewerRequest, slug: str) -> Agreement:
    """The agreement the viewer takes part in."""
    found = selectors.agreement_for(request.viewer, slug)
    if found is None:
        raise Http404
    return found


def staffed_or_404(request: ViewerRequest, slug: str) -> Agreement:
    """The agreement whose members the viewer may see."""
    found = selectors.agreement_by_slug(slug)
    if found is None or not policies.may_see_members(request.viewer, found):
        raise Http404
    return found


@signed_in
def home(request: ViewerRequest) -> HttpResponse:
    """The agreements the viewer takes part in; with one, straight to it."""
    found = selectors.agreements_of(request.viewer)
    if len(found) == 1:
        return redirect("agreements:agreement", found[0].slug)
    lines = [(one, str(selectors.definition_of(one).name)) for one in found]
    return render(request, "agreements/home.html", {"lines": lines})


@needs(policies.SEE_MEMBERS)
def members_home(request: ViewerRequest) -> HttpResponse:
    """Straight to the members of the only agreement, or a choice."""
    found = selectors.agreements_seen_by_staff(request.viewer)
    if len(found) == 1:
        return redirect("agreements:members", found[0].slug)
    lines = [(one, str(selectors.definition_of(one).name)) for one in found]
    return render(request, "agreements/home.html", {"lines": lines, "to_members": True})


@signed_in
def agreement(request: ViewerRequest, agreement: str) -> HttpResponse:
    """What the agreement says: terms, groups and duties, outcomes, calendar; and the firm's own place in
    it.
    """
    found = agreement_or_404(request, agreement)
    definition = selectors.definition_of(found)
    today = timezone.localdate()
    context = {
        "agreement": found,
        "definition": definition,
        "name": str(definition.name),
        "term": packages.present_term(definition, today),
        "schemes": {scheme.code: scheme for scheme in definition.schemes},
        "years": list(reversed(packages.report_years(definition))),
        "present": selectors.working_year(found, today),
        "fees": [(term, fee) for term in definition.terms for fee in term.fees],
        "parties": packages.parties_in(definition, packages.present_term(definition, today).code),
        "own": _own_place(request, found, definition),
        "compares": len(selectors.framework_editions(found)) > 1,
        "sees_members": policies.may_see_members(request.viewer, found),
    }
    return render(request, "agreements/agreement.html", context)


def _own_place(request: ViewerRequest, agreement: Agreement, definition: AgreementFile) -> dict[str, Any] | None:
    """The firm's own membership in words, for its people."""
    today = timezone.localdate()
    own = next((one for one in workspaces_of(request.viewer, today) if one.agreement == agreement), None)
    if own is None:
        return None
    return {
        "row": listing.rows_of([own.membership], definition, today)[0],
        "standing": listing.standing_line(own.membership, definition, today),
    }


@needs(policies.SEE_MEMBERS)
def members(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Member companies, narrowed by kind, group and country."""
    return _list(request, agreement, "members")


@needs(policies.SEE_MEMBERS)
def authorities(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Contracting authorities, narrowed by kind and country."""
    return _list(request, agreement, "authorities")


def _list(request: ViewerRequest, slug: str, page: str) -> HttpResponse:
    """One page of a list; the number of queries does not depend on how many rows there are."""
    found = staffed_or_404(request, slug)
    definition = selectors.definition_of(found)
    every = selectors.members_of(request.viewer, found, kind=KIND_OF_PAGE[page])
    countries = selectors.countries_of_members(found, KIND_OF_PAGE[page])
    form = MemberFilter(request.GET, definition=definition, kind=KIND_OF_PAGE[page], countries=countries)
    shown = paginate(request, listing.filtered(every, **form.narrowing))
    context = {
        "agreement": found,
        "name": str(definition.name),
        "form": form,
        "page": shown,
        "rows": listing.rows_of(shown, definition, timezone.localdate()),
        "list": page,
        "kind": KIND_OF_PAGE[page].value,
        "may_manage": policies.may_manage_members(request.viewer, found),
    }
    return render(request, "agreements/members.html", context)


@needs(policies.SEE_MEMBERS)
def parties(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Parties by section, and supporting organisations."""
    found = staffed_or_404(request, agreement)
    definition = selectors.definition_of(found)
    sections = packages.section_names(definition)
    lines = {
        kind: [
            (row, packages.local(sections, row.membership.section))
            for row in listing.rows_of(
                selectors.members_of(request.viewer, found, kind=kind), definition, timezone.localdate()
            )
        ]
        for kind in (Membership.Kind.PARTY, Membership.Kind.SUPPORTER)
    }
    context = {
        "agreement": found,
        "name": str(definition.name),
        "parties": lines[Membership.Kind.PARTY],
        "supporters": lines[Membership.Kind.SUPPORTER],
        "may_manage": policies.may_manage_members(request.viewer, found),
    }
    return render(request, "agreements/parties.html", context)


@needs(policies.SEE_MEMBERS)
def member(request: ViewerRequest, agreement: str, firm: str) -> HttpResponse:
    """Everything recorded about one organisation in this agreement."""
    found = staffed_or_404(request, agreement)
    membership = selectors.membership_for(request.viewer, agreement, firm)
    if membership is None:
        raise Http404
    definition = selectors.definition_of(found)
    organisation = membership.organisation
    context: dict[str, Any] = {
        "agreement": found,
        "name": str(definition.name),
        "membership": membership,
        "organisation": organisation,
        "row": listing.rows_of([membership], definition, timezone.localdate())[0],
        "groups": listing.group_lines(membership, definition),
        "outcomes": listing.outcome_lines(membership, definition),
        "history": selectors.history_of(request.viewer, membership)[1:],
        "exit_reason": packages.local(packages.exit_reasons(definition), membership.exit_reason),
        "reads_until": policies.reads_until(membership),
        "standing": listing.standing_line(membership, definition, timezone.localdate()),
        "section": packages.local(packages.section_names(definition), membership.section),
        "identifiers": identifiers_of(organisation),
        "plan_links": membership.plan_links.order_by("-report_year"),
        "people": people_of(request.viewer, organisation),
        "may_manage": policies.may_manage_members(request.viewer, found),
        "may_invite": bool(roles_to_invite(request.viewer, organisation)),
        "is_company": membership.kind == Membership.Kind.PARTICIPANT,
    }
    return render(request, "agreements/member.html", context)
