"""Joint action: the secretariat asks and ends; a firm sees only what it was asked itself, and answers."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from ketenwijs.domain.chains import choices, policies, selectors, services
from ketenwijs.domain.chains.models import JointReply
from ketenwijs.domain.chains.selectors import ShownInvitation
from ketenwijs.domain.chains.views.matching import numbers
from ketenwijs.domain.chains.views.opening import opened_to_edit, tried
from ketenwijs.domain.chains.views.register import address, opened_location, opened_register
from ketenwijs.domain.chains.views.showing import shown_chain
from ketenwijs.foundation.access.pages import ViewerRequest, needs, signed_in


@needs(policies.MATCH_SITES)
@require_POST
def invite(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """Ask the ticked members whether they want to act together at a location."""
    found, shown = opened_location(request, agreement, pk)
    return tried(
        request,
        lambda: services.propose_joint_action(
            actor=request.viewer, agreement=found, location=shown, today=timezone.localdate(),
            organisations=numbers(request.POST.getlist("organisation")),
        ),
        lambda _sent: _("The members were asked. They do not see each other's names."),
        address(found, shown),
    )  # fmt: skip


@needs(policies.MATCH_SITES)
@require_POST
def end(request: ViewerRequest, agreement: str, pk: int) -> HttpResponse:
    """End an invitation."""
    found = opened_register(request, agreement)
    invitation = selectors.invitation_for(request.viewer, found, pk)
    if invitation is None:
        raise Http404
    return tried(
        request,
        lambda: services.end_invitation(
            actor=request.viewer, agreement=found, invitation=invitation, today=timezone.localdate()
        ),
        lambda _ended: _("The invitation has ended. No names are shown any more."),
        address(found, invitation.shared),
    )


@signed_in
@require_GET
def together(request: ViewerRequest, **parts: str) -> HttpResponse:
    """What the firm was asked, and for which chains it said that it is open; for the firm alone."""
    workspace = opened_to_edit(request, parts)
    opened = selectors.open_chains(workspace)
    context = {
        "workspace": workspace,
        "invitations": [_shown(one) for one in selectors.invitations_to(workspace)],
        "chains": [shown_chain(one) for one in selectors.chains_in(workspace) if one.pk in opened],
        "may_answer": not workspace.read_only,
    }
    return render(request, "chains/together.html", context)


def _shown(one: ShownInvitation) -> dict[str, Any]:
    """An invitation in words: the firm's own name for the place and nothing of anybody else."""
    site, answer = one.reply.site, one.reply.answer
    return {
        "shown": one,
        "site": site,
        "kind": choices.site_kind_name(site.kind) if site else "",
        "country": choices.country_name(site.country) if site else "",
        "may_choose": not one.has_ended and answer != JointReply.Answer.YES,
        "may_refuse": not one.has_ended and answer == JointReply.Answer.WAITING,
        "may_withdraw": not one.has_ended and answer == JointReply.Answer.YES,
    }


@signed_in
@require_POST
def respond(request: ViewerRequest, pk: int, **parts: str) -> HttpResponse:
    """Say yes or no, or take a yes back."""
    workspace = opened_to_edit(request, parts)
    reply = selectors.invitation_to(workspace, pk)
    if reply is None:
        raise Http404
    return tried(
        request,
        lambda: services.answer_invitation(
            actor=request.viewer, workspace=workspace, reply=reply, answer=request.POST.get("answer", ""),
            today=timezone.localdate(),
        ),
        lambda _saved: _("Your answer was saved."),
        reverse("chains:together", kwargs=parts),
    )  # fmt: skip


@signed_in
@require_POST
def withdraw(request: ViewerRequest, **parts: str) -> HttpResponse:
    """No longer open for the ticked chains."""
    workspace = opened_to_edit(request, parts)
    pks = numbers(request.POST.getlist("chain"))
    return tried(
        request,
        lambda: services.withdraw_openness(actor=request.viewer, workspace=workspace, pks=pks),
        lambda count: (
            ngettext(
                "For %(count)s chain you are no longer open to acting together.",
                "For %(count)s chains you are no longer open to acting together.",
                count,
            )
            % {"count": count}
        ),
        reverse("chains:together", kwargs=parts),
    )
