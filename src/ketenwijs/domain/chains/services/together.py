"""Joint action by mutual consent: a firm says beforehand that it is open, is asked, answers, and may always take it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.workspaces import Workspace, ensure_writable
from ketenwijs.domain.chains import messages, policies
from ketenwijs.domain.chains.models import Chain, JointInvitation, JointReply, Link, OpenToActing, SharedSite
from ketenwijs.domain.chains.selectors.together import members_at, names_after_consent
from ketenwijs.domain.chains.services.matching import deciding
from ketenwijs.domain.chains.services.writing import journal
from ketenwijs.foundation.access.fence import unfenced
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

Answer = JointReply.Answer


def note_openness(
    *, actor: Viewer, workspace: Workspace, chain: Chain, is_open: bool, left: Iterable[int] = ()
) -> None:
    """Keep what the chain's form says about joint action; the caller has checked that the firm may write here.

    `left`: sites the chain went through until now. A yes at one of them goes where no other chain is open there.
    """
    here = OpenToActing.objects.filter(chain=chain, agreement=workspace.agreement)
    was_open = here.exists()
    if is_open and not was_open:
        OpenToActing.objects.create(chain=chain, agreement=workspace.agreement)
        journal(actor, workspace, "chains.openness.given", chain)
    if was_open and not is_open:
        here.delete()
        journal(actor, workspace, "chains.openness.withdrawn", chain)
    if was_open:
        _withdraw_replies(actor, workspace, {*left, *_sites_of([chain.pk])}, workspace.agreement)


def forget_openness(*, actor: Viewer, workspace: Workspace, pks: Iterable[int]) -> None:
    """Chains that are about to be removed take their openness along, in every agreement, and a yes that rested on it.

    The caller has checked that the firm may write here.
    """
    given = OpenToActing.objects.filter(chain__in=list(pks), chain__organisation=workspace.organisation)
    gone: dict[Agreement, list[int]] = {}
    for one in given.select_related("agreement").order_by("chain"):
        gone.setdefault(one.agreement, []).append(one.chain_id)
    if not gone:
        return
    given.delete()
    for agreement, chains in gone.items():
        for pk in chains:
            journal(actor, workspace, "chains.openness.withdrawn", f"chains.chain:{pk}")
        _withdraw_replies(actor, workspace, _sites_of(chains), agreement)


@transaction.atomic
def withdraw_openness(*, actor: Viewer, workspace: Workspace, pks: Sequence[int]) -> int:
    """No longer open for these chains; also after hand-in, because consent can be taken back at any time.

    All of them or, where one is not there, none. Returns how many.
    """
    _ensure_own(actor, workspace)
    wanted = set(pks)
    here = OpenToActing.objects.filter(
        agreement=workspace.agreement, chain__organisation=workspace.organisation,
        chain__year=workspace.year.code, chain__in=wanted,
    )  # fmt: skip
    if not wanted or here.count() != len(wanted):
        raise DomainError(_("Some of these chains are no longer there. Reload the page and choose again."))
    here.delete()
    for pk in sorted(wanted):
        journal(actor, workspace, "chains.openness.withdrawn", f"chains.chain:{pk}")
    _withdraw_replies(actor, workspace, _sites_of(wanted), workspace.agreement)
    return len(wanted)


@transaction.atomic
def propose_joint_action(
    *, actor: Viewer, agreement: Agreement, location: SharedSite, organisations: Sequence[int], today: date
) -> JointInvitation:
    """Ask members that use a location and are open to it, at least two. Refused as a whole where one is not (any more)."""
    with deciding(actor, agreement):
        open_members = {
            one.organisation.pk: one for one in members_at(actor, agreement, location, today) if one.is_open
        }
        wanted = set(organisations)
        if len(wanted) < 2:
            raise DomainError(_("Tick at least two members that are open to joint action."))
        if not wanted <= open_members.keys():
            raise DomainError(_("Nobody was asked: not all of these members are open to joint action any more."))
        running = JointReply.objects.filter(
            invitation__shared__current=location.current_id, invitation__ended_at__isnull=True, organisation__in=wanted
        )
        if running.exists():
            raise DomainError(_("Nobody was asked: one of these members is asked already. End that invitation first."))
        sent = JointInvitation.objects.create(agreement=agreement, shared=location, sent_by=actor.person)
        for pk in sorted(wanted):
            member = open_members[pk]
            JointReply.objects.create(invitation=sent, organisation=member.organisation, site=member.open_site)
        _record(actor, agreement, "chains.invitation.sent", sent, organisations=sorted(wanted))
        messages.to_firms("invited", agreement, sorted(wanted), today)
        return sent


@transaction.atomic
def answer_invitation(
    *, actor: Viewer, workspace: Workspace, reply: JointReply, answer: str, today: date
) -> JointReply:
    """Say yes or no, or take a yes back ("withdrawn"). Names become visible when the last firm says yes."""
    _ensure_own(actor, workspace)
    if answer not in (Answer.YES, Answer.NO, Answer.WITHDRAWN):
        raise DomainError(_("Choose yes or no."))
    agreement = Agreement.objects.select_for_update().get(pk=workspace.agreement.pk)
    own = JointReply.objects.filter(pk=reply.pk, organisation=workspace.organisation, invitation__agreement=agreement)
    found = own.select_related("invitation").first()
    if found is None or found.invitation.ended_at is not None:
        raise DomainError(_("This question has ended; there is nothing to answer any more."))
    if answer == Answer.WITHDRAWN and found.answer != Answer.YES:
        raise DomainError(_("There is no yes to take back."))
    if answer == found.answer:
        return found
    before = bool(names_after_consent(agreement, [found.invitation]))
    found.answer, found.answered_at, found.answered_by = answer, timezone.now(), actor.person
    found.save(update_fields=["answer", "answered_at", "answered_by"])
    values = {"organisation": workspace.organisation.pk, "answer": answer}
    _record(actor, agreement, "chains.invitation.answered", found.invitation, **values)
    _tell(actor, agreement, found.invitation, before=before, today=today)
    return found


@transaction.atomic
def end_invitation(*, actor: Viewer, agreement: Agreement, invitation: JointInvitation, today: date) -> None:
    """Close an invitation: nothing can be answered any more and no names are shown."""
    with deciding(actor, agreement):
        here = JointInvitation.objects.filter(agreement=agreement, pk=invitation.pk, ended_at__isnull=True)
        if not here.update(ended_at=timezone.now()):
            raise DomainError(_("This invitation has ended already. Reload the page."))
        _record(actor, agreement, "chains.invitation.ended", invitation)
        asked = JointReply.objects.filter(invitation=invitation, answer__in=[Answer.WAITING, Answer.YES])
        messages.to_firms("changed", agreement, sorted(asked.values_list("organisation_id", flat=True)), today)


def _ensure_own(actor: Viewer, workspace: Workspace) -> None:
    if not policies.may_edit(actor, workspace.organisation.pk):
        raise NotAllowed(_("Only people of the company itself may answer for it."))
    if not actor.is_system:
        ensure_writable(workspace)


def _sites_of(chains: Iterable[int]) -> set[int]:
    links = Link.objects.filter(chain__in=list(chains), site__isnull=False)
    return set(links.values_list("site_id", flat=True))


def _withdraw_replies(actor: Viewer, workspace: Workspace, sites: Iterable[int], agreement: Agreement) -> None:
    """Who is no longer open at a place takes its yes back there too; only the firm's own rows are read for it."""
    firm, year = workspace.organisation, workspace.year.code
    still = OpenToActing.objects.filter(agreement=agreement, chain__organisation=firm, chain__year=year)
    running = JointReply.objects.filter(
        organisation=firm, invitation__agreement=agreement, invitation__ended_at__isnull=True,
        answer__in=[Answer.WAITING, Answer.YES], site__in=list(sites),
    ).exclude(site__in=still.filter(chain__links__site__isnull=False).values("chain__links__site"))  # fmt: skip
    for one in running.select_related("invitation"):
        before = bool(names_after_consent(agreement, [one.invitation]))
        one.answer, one.answered_at, one.answered_by = Answer.WITHDRAWN, timezone.now(), actor.person
        one.save(update_fields=["answer", "answered_at", "answered_by"])
        values = {"organisation": firm.pk, "answer": Answer.WITHDRAWN}
        _record(actor, agreement, "chains.invitation.answered", one.invitation, **values)
        _tell(actor, agreement, one.invitation, before=before, today=timezone.localdate())


def _tell(actor: Viewer, agreement: Agreement, invitation: JointInvitation, *, before: bool, today: date) -> None:
    """The secretariat hears of every answer; the firms only when all have said yes, or when that is no longer so."""
    messages.to_secretariat("answered", agreement, invitation)
    after = bool(names_after_consent(agreement, [invitation]))
    if before == after:
        return
    with unfenced(reason="firms that were asked to act together hear that all agreed, or no longer do"):
        asked = JointReply.objects.filter(invitation=invitation).exclude(answer=Answer.NO)
        firms = sorted(asked.values_list("organisation_id", flat=True))
    if after:
        _record(actor, agreement, "chains.invitation.agreed", invitation)
    messages.to_firms("agreed" if after else "changed", agreement, firms, today)


def _record(actor: Viewer, agreement: Agreement, event: str, invitation: JointInvitation, **values: object) -> None:
    record(actor=actor, event=event, subject=invitation, chain=agreement.slug, values=values)
