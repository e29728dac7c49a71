"""People who work for an agreement: their roles, invitations, and the end of a role."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ketenwijs.domain.agreements import policies, selectors, services
from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.participants.forms import EndRoleForm, InvitationForm
from ketenwijs.foundation.access import roles
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.ui.errors import DomainError
from ketenwijs.foundation.ui.forms import add_domain_error


def _staffable(request: ViewerRequest, slug: str) -> tuple[Agreement, list[roles.Role]]:
    """The agreement and the roles this viewer may give in it; 404 when there are none."""
    found = next((one for one in selectors.agreements_to_staff(request.viewer) if one.slug == slug), None)
    if found is None:
        raise Http404
    return found, policies.roles_to_give(request.viewer, found)


def _name(agreement: Agreement) -> str:
    return str(selectors.definition_of(agreement).name)


@signed_in
def home(request: ViewerRequest) -> HttpResponse:
    """Straight to the people of the only agreement, or a choice."""
    found = selectors.agreements_to_staff(request.viewer)
    if not found:
        raise Http404
    if len(found) == 1:
        return redirect("agreements:people", found[0].slug)
    return render(request, "agreements/people_home.html", {"lines": [(one, _name(one)) for one in found]})


@signed_in
def people(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Who holds which role in the agreement, and who is invited."""
    found, may_give = _staffable(request, agreement)
    mine = {one.code for one in may_give}
    me = request.viewer.person.pk if request.viewer.person else None
    known = roles.all_roles()

    def named(code: str) -> str:
        return known[code].name if code in known else code

    context = {
        "agreement": found,
        "name": _name(found),
        "grants": [
            (one, named(one.role), one.role in mine and one.person_id != me) for one in selectors.roles_held_in(found)
        ],
        "invitations": [(one, named(one.role), one.role in mine) for one in selectors.open_invitations_to(found)],
    }
    return render(request, "agreements/people.html", context)


@signed_in
def invite(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Invite somebody to a role within the agreement."""
    found, may_give = _staffable(request, agreement)
    language = request.viewer.person.language if request.viewer.person else "nl"
    form = InvitationForm(request.POST or None, roles=may_give, initial={"language": language})
    if request.method == "POST" and form.is_valid():
        try:
            services.invite_to_agreement(actor=request.viewer, agreement=found, **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            words = {"email": form.cleaned_data["email"]}
            messages.success(request, _("The invitation is on its way to %(email)s.") % words)
            return redirect("agreements:people", agreement)
    return render(request, "agreements/invite.html", {"agreement": found, "name": _name(found), "form": form})


@signed_in
@require_POST
def withdraw(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Withdraw an invitation."""
    found, _may_give = _staffable(request, agreement)
    invitation = selectors.open_invitations_to(found).filter(pk=pk).first()
    if invitation is None:
        raise Http404
    try:
        services.withdraw_invitation(actor=request.viewer, agreement=found, invitation=invitation)
    except DomainError as error:
        messages.error(request, str(error.sentence))
    else:
        messages.success(request, _("The invitation was withdrawn."))
    return redirect("agreements:people", agreement)


@signed_in
def end_role(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """End somebody's role, with a reason."""
    found, may_give = _staffable(request, agreement)
    grant = selectors.roles_held_in(found).filter(pk=pk).first()
    if grant is None or grant.role not in {one.code for one in may_give}:
        raise Http404
    form = EndRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.end_role(actor=request.viewer, agreement=found, grant=grant, reason=form.cleaned_data["reason"])
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The role of %(name)s ended.") % {"name": grant.person.name})
            return redirect("agreements:people", agreement)
    context = {"agreement": found, "name": _name(found), "form": form, "grant": grant}
    return render(request, "agreements/end_role.html", {**context, "role": roles.role(grant.role).name})
