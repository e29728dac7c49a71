"""Who works for an agreement: inviting staff, party and steering members, ending their roles."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements import policies
from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.foundation.access import services as access
from ketenwijs.foundation.access.models import Grant
from ketenwijs.foundation.access.viewer import AGREEMENT, Viewer
from ketenwijs.foundation.accounts import services as accounts
from ketenwijs.foundation.accounts.models import Invitation
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed


@transaction.atomic
def invite_to_agreement(
    *, actor: Viewer, agreement: Agreement, email: str, name: str, role: str, language: str
) -> tuple[Invitation, str]:
    """Ask somebody to take a role within the agreement; the message leaves after commit.

    Returns the invitation and its token, which is stored nowhere.
    """
    _may_give(actor, agreement, role)
    invitation, token = accounts.invite(
        actor=actor,
        email=email,
        name=name,
        role=role,
        scope_kind=AGREEMENT,
        scope_key=agreement.slug,
        language=language,
    )
    values = {"role": role, "email": invitation.email}
    record(actor=actor, event="agreements.person.invited", subject=invitation, chain=agreement.slug, values=values)
    return invitation, token


@transaction.atomic
def withdraw_invitation(*, actor: Viewer, agreement: Agreement, invitation: Invitation) -> None:
    """Make an invitation within the agreement that was not accepted yet worthless at once."""
    if (invitation.scope_kind, invitation.scope_key) != (AGREEMENT, agreement.slug):
        raise NotAllowed(_("This invitation belongs to another agreement."))
    _may_give(actor, agreement, invitation.role)
    if not accounts.revoke(actor=actor, invitation=invitation):
        raise DomainError(_("This invitation was already accepted or withdrawn. Reload the page."))
    record(actor=actor, event="agreements.invitation.withdrawn", subject=invitation, chain=agreement.slug)


@transaction.atomic
def end_role(*, actor: Viewer, agreement: Agreement, grant: Grant, reason: str) -> None:
    """End somebody's role within the agreement. Nobody ends their own: a successor or the operator does."""
    if (grant.scope_kind, grant.scope_key) != (AGREEMENT, agreement.slug):
        raise NotAllowed(_("This role belongs to another agreement."))
    _may_give(actor, agreement, grant.role)
    if actor.person is not None and grant.person_id == actor.person.pk:
        raise DomainError(_("You cannot end your own role. Ask a colleague or the operator."))
    access.take_away(actor=actor, grant=grant, reason=reason)


def _may_give(actor: Viewer, agreement: Agreement, role: str) -> None:
    if role not in {one.code for one in policies.roles_to_give(actor, agreement)}:
        raise NotAllowed(_("You may not give or end this role. Ask the lead of the secretariat or the operator."))
