"""Pages of an organisation: choosing whom to act for, its data, its people and invitations."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ketenwijs.domain.participants import policies, selectors, services
from ketenwijs.domain.participants.forms import ContactForm, CorrectionForm, EndRoleForm, HoldingForm, InvitationForm
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.domain.participants.rules import SCHEMES
from ketenwijs.domain.reference import selectors as reference
from ketenwijs.foundation.access import roles
from ketenwijs.foundation.access.middleware import ACTING_FOR
from ketenwijs.foundation.access.models import Grant
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion
from ketenwijs.foundation.ui.forms import add_domain_error


def _organisation(request: ViewerRequest, firm: str) -> Organisation:
    organisation = selectors.organisation_for(request.viewer, firm)
    if organisation is None:
        raise Http404
    return organisation


@signed_in
def choose(request: ViewerRequest) -> HttpResponse:
    """Choose the organisation to act for; the choice holds for this session and no page ever mixes two."""
    offered = selectors.organisations_to_act_for(request.viewer)
    if request.method == "POST":
        chosen = next((one for one in offered if one.reference == request.POST.get("organisation")), None)
        if chosen is None:
            raise Http404
        request.session[ACTING_FOR] = chosen.pk
        messages.success(request, _("You now act for %(name)s.") % {"name": chosen.name})
        return redirect("/desk/")
    return render(
        request,
        "participants/choose.html",
        {"organisations": offered, "acting_for": request.viewer.acting_for},
    )


@signed_in
def own(request: ViewerRequest) -> HttpResponse:
    """Straight to the data of the organisation acted for; without one, to the choice."""
    organisation = selectors.own_organisation(request.viewer)
    if organisation is None:
        return redirect("participants:choose")
    return redirect("participants:organisation", organisation.reference)


@signed_in
def organisation(request: ViewerRequest, firm: str) -> HttpResponse:
    """The data of one organisation."""
    found = _organisation(request, firm)
    kind = reference.organisation_kind(found.kind)
    country = reference.country(found.country)
    numbers = selectors.identifiers_of(found)
    context = {
        "organisation": found,
        "kind": kind.name if kind else found.kind,
        "trade": next((one.name for one in kind.subkinds if one.code == found.subkind), "") if kind else "",
        "country": country.name if country else found.country,
        "numbers": [(scheme.label, numbers[code]) for code, scheme in SCHEMES.items() if code in numbers],
        "may_correct": policies.may_correct(request.viewer, found),
        "may_set_holding": policies.may_set_holding(request.viewer, found),
    }
    return render(request, "participants/organisation.html", context)


@signed_in
def correct(request: ViewerRequest, firm: str) -> HttpResponse:
    """Correct the data of one organisation; an old page answers 409 and keeps what was typed."""
    found = _organisation(request, firm)
    if not policies.may_correct(request.viewer, found):
        raise Http404
    form = CorrectionForm(request.POST or None, kind=found.kind, initial=CorrectionForm.initial_of(found))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            services.correct_organisation(
                actor=request.viewer, organisation=found, version=form.cleaned_data["version"],
                identifiers=form.identifiers, **form.values,
            )  # fmt: skip
        except DomainError as error:
            add_domain_error(form, error)
            status = 409 if isinstance(error, StaleVersion) else 200
        else:
            messages.success(request, _("The data were saved."))
            return redirect("participants:organisation", firm)
    current = selectors.organisation_for(request.viewer, firm) if status == 409 else None
    return render(
        request,
        "participants/correct.html",
        {"organisation": found, "form": form, "current": current},
        status=status,
    )


@signed_in
def holding(request: ViewerRequest, firm: str) -> HttpResponse:
    """Say to which group of companies a member belongs; the page shows which members then count as one."""
    found = _organisation(request, firm)
    if not policies.may_set_holding(request.viewer, found):
        raise Http404
    first = {"holding": found.holding, "version": found.version}
    form, status = HoldingForm(request.POST or None, initial=first), 200
    if request.method == "POST" and form.is_valid():
        try:
            services.set_holding(actor=request.viewer, organisation=found, **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
            status = 409 if isinstance(error, StaleVersion) else 200
        else:
            messages.success(request, _("The data were saved."))
            return redirect("participants:holding", firm)
    together = selectors.of_same_group(request.viewer, found)
    context = {"organisation": found, "form": form, "together": together}
    return render(request, "participants/holding.html", context, status=status)


@signed_in
def people(request: ViewerRequest, firm: str) -> HttpResponse:
    """People with their roles, open invitations, and contacts without an account."""
    found = _organisation(request, firm)
    at_work = selectors.people_of(request.viewer, found)
    known = roles.all_roles()
    may_change = {one.code for one in policies.roles_to_invite(request.viewer, found)}
    context = {
        "organisation": found,
        "grants": [(one, _role_name(known, one.role), one.role in may_change) for one in at_work.grants],
        "invitations": [(one, _role_name(known, one.role), one.role in may_change) for one in at_work.invitations],
        "contacts": at_work.contacts,
        "may_invite": bool(may_change),
        "may_correct": policies.may_correct(request.viewer, found),
    }
    return render(request, "participants/people.html", context)


@signed_in
def invite(request: ViewerRequest, firm: str) -> HttpResponse:
    """Invite somebody."""
    found = _organisation(request, firm)
    offered = policies.roles_to_invite(request.viewer, found)
    if not offered:
        raise Http404
    language = request.viewer.person.language if request.viewer.person else "nl"
    form = InvitationForm(request.POST or None, roles=offered, initial={"language": language})
    if request.method == "POST" and form.is_valid():
        try:
            services.invite_person(actor=request.viewer, organisation=found, **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(
                request,
                _("The invitation is on its way to %(email)s.") % {"email": form.cleaned_data["email"]},
            )
            return redirect("participants:people", firm)
    return render(request, "participants/invite.html", {"organisation": found, "form": form, "roles": offered})


@signed_in
@require_POST
def withdraw(request: ViewerRequest, firm: str, pk: int) -> HttpResponse:
    """Withdraw an invitation."""
    found = _organisation(request, firm)
    invitation = next((one for one in selectors.people_of(request.viewer, found).invitations if one.pk == pk), None)
    if invitation is None:
        raise Http404
    try:
        services.withdraw_invitation(actor=request.viewer, organisation=found, invitation=invitation)
    except DomainError as error:
        messages.error(request, str(error.sentence))
    else:
        messages.success(request, _("The invitation was withdrawn."))
    return redirect("participants:people", firm)


@signed_in
def end_role(request: ViewerRequest, firm: str, pk: int) -> HttpResponse:
    """End somebody's role, with a reason."""
    found = _organisation(request, firm)
    grant = _grant(request, found, pk)
    if not policies.may_end_role(request.viewer, found, grant.role):
        raise Http404
    form = EndRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.end_role_of_person(
                actor=request.viewer, organisation=found, grant=grant, reason=form.cleaned_data["reason"]
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("The role of %(name)s ended.") % {"name": grant.person.name})
            return redirect("participants:people", firm)
    role = _role_name(roles.all_roles(), grant.role)
    return render(
        request,
        "participants/end_role.html",
        {"organisation": found, "form": form, "grant": grant, "role": role},
    )


@signed_in
def add_contact(request: ViewerRequest, firm: str) -> HttpResponse:
    """Note somebody without an account."""
    found = _organisation(request, firm)
    if not policies.may_correct(request.viewer, found):
        raise Http404
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.add_contact(actor=request.viewer, organisation=found, **form.cleaned_data)
        messages.success(request, _("The contact was added."))
        return redirect("participants:people", firm)
    return render(request, "participants/contact.html", {"organisation": found, "form": form})


def _grant(request: ViewerRequest, organisation: Organisation, pk: int) -> Grant:
    grant = next((one for one in selectors.people_of(request.viewer, organisation).grants if one.pk == pk), None)
    if grant is None:
        raise Http404
    return grant


def _role_name(known: dict[str, roles.Role], code: str) -> str:
    return known[code].name if code in known else code
