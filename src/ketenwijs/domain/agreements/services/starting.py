"""Putting a checked package into use, and bringing in the first lead of its secretariat."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements import policies
from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.services.packages import sync_agreement
from ketenwijs.domain.agreements.starter.checking import CheckedPackage, check_package
from ketenwijs.foundation.access.models import Grant
from ketenwijs.foundation.access.viewer import AGREEMENT, Viewer
from ketenwijs.foundation.accounts import services as accounts
from ketenwijs.foundation.accounts.models import Invitation
from ketenwijs.foundation.content.services import Applied, apply_checked
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed


def difference_of(*, actor: Viewer, package: CheckedPackage) -> Applied:
    """What applying a package without faults would change; nothing is written."""
    _makers_only(actor)
    return apply_checked(actor=actor, result=package.result, dry_run=True)


@transaction.atomic
def apply_package(*, actor: Viewer, files: Mapping[str, bytes]) -> tuple[Agreement, Applied]:
    """Check the files again and apply them as editions, all of them or none; the agreement then exists.

    Refuses files with faults: something may have come into use since they were shown.
    """
    _makers_only(actor)
    package = check_package(files)
    if package.faults:
        raise DomainError(
            _("Faults in the files: %(count)s. Upload them again to see each.") % {"count": len(package.faults)}
        )
    applied = apply_checked(actor=actor, result=package.result)
    agreement = sync_agreement(actor=actor, slug=package.slug)
    return agreement, applied


@transaction.atomic
def invite_first_lead(
    *, actor: Viewer, agreement: Agreement, email: str, name: str, role: str, language: str
) -> tuple[Invitation, str]:
    """Ask somebody to lead the secretariat of an agreement that has nobody yet; the message leaves after commit.

    An earlier invitation to the same role that nobody accepted becomes worthless. Refuses once somebody holds the role:
    from then on the lead invites.
    """
    if role not in {one.code for one in policies.first_roles(actor)}:
        raise NotAllowed(_("You may not give or end this role. Ask the lead of the secretariat or the operator."))
    here = {"scope_kind": AGREEMENT, "scope_key": agreement.slug}
    if Grant.objects.filter(role=role, ended_at__isnull=True, **here).exists():
        raise DomainError(_("Somebody leads this secretariat already. Ask them to invite others."))
    for earlier in Invitation.objects.filter(role=role, accepted_at=None, revoked_at=None, **here):
        accounts.revoke(actor=actor, invitation=earlier)
    invitation, token = accounts.invite(actor=actor, email=email, name=name, role=role, language=language, **here)
    values = {"role": role, "email": invitation.email}
    record(actor=actor, event="agreements.person.invited", subject=invitation, chain=agreement.slug, values=values)
    return invitation, token


def _makers_only(actor: Viewer) -> None:
    if not policies.may_start(actor):
        raise NotAllowed(_("Only those who start agreements here may do this. Ask the operator."))
