"""Changing memberships: new member, joining, leaving, group, outcome, first day. Each page is one form and
one service.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements import packages, policies, selectors, services
from ketenwijs.domain.agreements.forms import (
    ORGANISATION_KIND_OF,
    GroupForm,
    JoinedOnForm,
    JoiningForm,
    LeavingForm,
    LevelForm,
    NewMemberForm,
)
from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.participants import services as participants
from ketenwijs.domain.participants.selectors import organisation_for
from ketenwijs.foundation.access.pages import ViewerRequest, needs
from ketenwijs.foundation.ui.errors import DomainError, StaleVersion
from ketenwijs.foundation.ui.forms import add_domain_error

Save = Callable[[Any], object]
LIST_OF = {
    Membership.Kind.PARTICIPANT: "agreements:members",
    Membership.Kind.AUTHORITY: "agreements:authorities",
}


def _managed(request: ViewerRequest, slug: str) -> Agreement:
    found = selectors.agreement_by_slug(slug)
    if found is None or not policies.may_manage_members(request.viewer, found):
        raise Http404
    return found


def _membership(request: ViewerRequest, slug: str, firm: str, kind: str = "") -> Membership:
    agreement = _managed(request, slug)
    membership = selectors.membership_for(request.viewer, agreement.slug, firm, kind)
    if membership is None:
        raise Http404
    return membership


def _kind(kind: str) -> Membership.Kind:
    if kind not in Membership.Kind.values:
        raise Http404
    return Membership.Kind(kind)


def _answer(request: ViewerRequest, form: forms.Form, save: Save, done: str, target: str, **words: Any) -> HttpResponse:
    """Show the form, or save it and go on; a refusal keeps what was typed, an old page answers 409."""
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            save(form)
        except DomainError as error:
            add_domain_error(form, error)
            status = 409 if isinstance(error, StaleVersion) else 200
        else:
            messages.success(request, done)
            return redirect(target)
    return render(request, "agreements/change.html", {"form": form, "cancel": target, **words}, status=status)


@needs(policies.MANAGE_MEMBERS)
def new_member(request: ViewerRequest, agreement: str, kind: str) -> HttpResponse:
    """A new organisation and its membership at once."""
    found, wanted = _managed(request, agreement), _kind(kind)
    definition = selectors.definition_of(found)
    form = NewMemberForm(request.POST or None, definition=definition, kind=wanted)

    def save(filled: NewMemberForm) -> None:
        with transaction.atomic():
            organisation = participants.register_organisation(
                actor=request.viewer,
                kind=ORGANISATION_KIND_OF[wanted],
                identifiers=filled.identifiers,
                **filled.values,
            )
            services.join(
                actor=request.viewer, agreement=found, organisation=organisation, kind=wanted,
                joined_on=filled.cleaned_data["joined_on"], group=filled.cleaned_data.get("group", ""),
                section=filled.cleaned_data.get("section", ""),
            )  # fmt: skip

    target = reverse(LIST_OF.get(wanted, "agreements:parties"), args=[agreement])
    title = _("New: %(kind)s") % {"kind": wanted.label}
    return _answer(request, form, save, _("The organisation was added."), target, title=title, agreement=found)


@needs(policies.MANAGE_MEMBERS)
def join(request: ViewerRequest, agreement: str, firm: str, kind: str) -> HttpResponse:
    """An organisation that is known already begins another membership: it came back, or takes part in another
    way.
    """
    found, wanted = _managed(request, agreement), _kind(kind)
    organisation = organisation_for(request.viewer, firm)
    if organisation is None or organisation.kind != ORGANISATION_KIND_OF[wanted]:
        raise Http404
    form = JoiningForm(request.POST or None, definition=selectors.definition_of(found), kind=wanted)

    def save(filled: JoiningForm) -> None:
        services.join(
            actor=request.viewer, agreement=found, organisation=organisation, kind=wanted,
            joined_on=filled.cleaned_data["joined_on"], group=filled.cleaned_data.get("group", ""),
            section=filled.cleaned_data.get("section", ""),
        )  # fmt: skip

    target = reverse("agreements:member", args=[agreement, firm])
    title = _("%(name)s takes part again") % {"name": organisation.name}
    return _answer(request, form, save, _("The membership begins."), target, title=title, agreement=found)


@needs(policies.MANAGE_MEMBERS)
def leave(request: ViewerRequest, agreement: str, firm: str) -> HttpResponse:
    """End a membership."""
    membership = _membership(request, agreement, firm)
    definition = selectors.definition_of(membership.agreement)
    initial = {"version": membership.version, "left_on": timezone.localdate()}
    form = LeavingForm(request.POST or None, definition=definition, initial=initial)

    def save(filled: LeavingForm) -> None:
        services.leave(actor=request.viewer, membership=membership, **filled.cleaned_data)

    target = reverse("agreements:member", args=[agreement, firm])
    explanation = _("Its people read their own work for %(days)s days after the last day, then no more.") % {
        "days": packages.appeal_days(definition)
    }
    title = _("End the membership of %(name)s") % {"name": membership.organisation.name}
    done = _("The membership ended. The public register says so.")
    return _answer(
        request,
        form,
        save,
        done,
        target,
        title=title,
        agreement=membership.agreement,
        explanation=explanation,
    )


@needs(policies.MANAGE_MEMBERS)
def correct_joining(request: ViewerRequest, agreement: str, firm: str) -> HttpResponse:
    """Correct the first day of a membership."""
    membership = _membership(request, agreement, firm)
    initial = {"version": membership.version, "joined_on": membership.joined_on}
    form = JoinedOnForm(request.POST or None, initial=initial)

    def save(filled: JoinedOnForm) -> None:
        services.correct_joining(actor=request.viewer, membership=membership, **filled.cleaned_data)

    target = reverse("agreements:member", args=[agreement, firm])
    title = _("Correct the first day of %(name)s") % {"name": membership.organisation.name}
    return _answer(
        request,
        form,
        save,
        _("The first day was corrected."),
        target,
        title=title,
        agreement=membership.agreement,
    )


@needs(policies.MANAGE_MEMBERS)
def group(request: ViewerRequest, agreement: str, firm: str) -> HttpResponse:
    """Put a member company in another group."""
    membership = _membership(request, agreement, firm, Membership.Kind.PARTICIPANT)
    definition = selectors.definition_of(membership.agreement)
    form = GroupForm(request.POST or None, definition=definition, initial={"since": timezone.localdate()})

    def save(filled: GroupForm) -> None:
        services.set_group(actor=request.viewer, membership=membership, **filled.cleaned_data)

    target = reverse("agreements:member", args=[agreement, firm])
    title = _("Another group for %(name)s") % {"name": membership.organisation.name}
    return _answer(
        request, form, save, _("The group was changed."), target, title=title, agreement=membership.agreement
    )


@needs(policies.MANAGE_MEMBERS)
def level(request: ViewerRequest, agreement: str, firm: str) -> HttpResponse:
    """Record an outcome by hand."""
    membership = _membership(request, agreement, firm, Membership.Kind.PARTICIPANT)
    definition = selectors.definition_of(membership.agreement)
    form = LevelForm(request.POST or None, definition=definition, initial={"since": timezone.localdate()})

    def save(filled: LevelForm) -> None:
        services.set_level(actor=request.viewer, membership=membership, **filled.values)

    target = reverse("agreements:member", args=[agreement, firm])
    explanation = _(
        "Ordinarily outcomes come from the yearly judgement. Use this for outcomes from before this system."
    )
    title = _("Record an outcome of %(name)s") % {"name": membership.organisation.name}
    done = _("The outcome was recorded. The public register shows it.")
    return _answer(
        request,
        form,
        save,
        done,
        target,
        title=title,
        agreement=membership.agreement,
        explanation=explanation,
    )
