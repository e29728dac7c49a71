"""Joint action: for the secretariat who uses a location and is open to it, for a firm only what it was asked itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q

from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.agreements.selectors import members_of, report_years
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.chains import policies
from ketenwijs.domain.chains.models import Chain, JointInvitation, JointReply, OpenToActing, SharedSite, Site
from ketenwijs.domain.chains.selectors.locations import links_that_count, running_matches, secretariat_of
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.access.fence import unfenced
from ketenwijs.foundation.access.viewer import Viewer


@dataclass
class MemberAt:
    """A member that uses a location: under which of its own names, in which years, and whether it is open now."""

    organisation: Organisation
    sites: list[Site] = field(default_factory=list)
    years: list[str] = field(default_factory=list)
    is_member: bool = False
    open_site: Site | None = None

    @property
    def is_open(self) -> bool:
        """Whether it said, for a chain of its latest year, that it is open to joint action at this place."""
        return self.is_member and self.open_site is not None


@dataclass(frozen=True)
class ShownInvitation:
    """An invitation as one firm sees it: its own name for the place, its own answer; others only once all said yes."""

    reply: JointReply
    is_agreed: bool
    has_ended: bool
    others: tuple[str, ...]


def members_at(viewer: Viewer, agreement: Agreement, location: SharedSite, today: date) -> list[MemberAt]:
    """Members whose chains go through a location, by name. For the secretariat only; four queries."""
    with secretariat_of(viewer, agreement) as allowed:
        if not allowed:
            return []
        matches = running_matches(agreement).filter(shared__current=location.current_id)
        sites = {one.site_id: one.site for one in matches.select_related("site__organisation").order_by("pk")}
        links = links_that_count(agreement).filter(site__in=list(sites))
        is_open = Exists(OpenToActing.objects.filter(agreement=agreement, chain=OuterRef("chain")))
        rows = list(links.values_list("site_id", "chain__year", is_open))
    used = {(site, year) for site, year, _open in rows}
    opened = {(site, year) for site, year, is_open in rows if is_open}
    found: dict[int, MemberAt] = {}
    for pk in sorted({site for site, _year in used}):
        member = found.setdefault(sites[pk].organisation_id, MemberAt(sites[pk].organisation))
        member.sites.append(sites[pk])
        member.years = sorted({*member.years, *(year for site, year in used if site == pk)})
    running = set(members_of(viewer, agreement, on=today).values_list("organisation_id", flat=True))
    latest = _latest_years(agreement, found)
    for pk, member in found.items():
        member.is_member = pk in running
        here = [site for site in member.sites if (site.pk, latest.get(pk)) in opened]
        member.open_site = here[0] if here else None
    return sorted(found.values(), key=lambda one: one.organisation.name.casefold())


def _latest_years(agreement: Agreement, organisations: Iterable[int]) -> dict[int, str]:
    """The last report year for which each firm has chains at all: an older yes does not count beside it."""
    order = {year.code: number for number, year in enumerate(report_years(agreement))}
    rows = Chain.objects.filter(organisation__in=list(organisations), year__in=list(order))
    found: dict[int, str] = {}
    for pk, code in rows.values_list("organisation_id", "year").distinct():
        if pk not in found or order[found[pk]] < order[code]:
            found[pk] = code
    return found


def invitations_at(
    viewer: Viewer, agreement: Agreement, location: SharedSite
) -> list[tuple[JointInvitation, list[JointReply]]]:
    """Invitations sent for a location, newest first, with every firm's answer. For the secretariat only."""
    with secretariat_of(viewer, agreement) as allowed:
        if not allowed:
            return []
        here = JointReply.objects.filter(
            invitation__agreement=agreement, invitation__shared__current=location.current_id
        )
        found: dict[int, tuple[JointInvitation, list[JointReply]]] = {}
        for reply in here.select_related("invitation", "organisation").order_by("-invitation", "pk"):
            found.setdefault(reply.invitation_id, (reply.invitation, []))[1].append(reply)
        return list(found.values())


def invitation_for(viewer: Viewer, agreement: Agreement, pk: int) -> JointInvitation | None:
    """One invitation of the agreement, for its secretariat."""
    with secretariat_of(viewer, agreement) as allowed:
        if not allowed:
            return None
        return JointInvitation.objects.filter(agreement=agreement, pk=pk).select_related("shared__current").first()


def open_chains(workspace: Workspace) -> set[int]:
    """Chains of the year for which the firm said it is open to joint action in this agreement. One query."""
    if not policies.reads_own(workspace.viewer, workspace.organisation.pk):
        return set()
    here = OpenToActing.objects.filter(
        agreement=workspace.agreement, chain__organisation=workspace.organisation, chain__year=workspace.year.code
    )
    return set(here.values_list("chain_id", flat=True))


def invitations_to(workspace: Workspace) -> list[ShownInvitation]:
    """What the firm was asked in this agreement, newest first. Two queries, one more where all said yes."""
    if not policies.reads_own(workspace.viewer, workspace.organisation.pk):
        return []
    own = JointReply.objects.filter(organisation=workspace.organisation, invitation__agreement=workspace.agreement)
    replies = list(own.select_related("invitation", "site").order_by("-pk"))
    names = names_after_consent(workspace.agreement, [one.invitation for one in replies])
    return [
        ShownInvitation(
            reply=one,
            is_agreed=one.invitation_id in names,
            has_ended=one.invitation.ended_at is not None,
            others=tuple(name for pk, name in names.get(one.invitation_id, ()) if pk != workspace.organisation.pk),
        )
        for one in replies
    ]


def invitation_to(workspace: Workspace, pk: int) -> JointReply | None:
    """The firm's own side of one invitation; None where it was not asked."""
    if not policies.reads_own(workspace.viewer, workspace.organisation.pk):
        return None
    own = JointReply.objects.filter(organisation=workspace.organisation, invitation__agreement=workspace.agreement)
    return own.filter(invitation_id=pk).select_related("invitation__agreement").first()


def waiting_for_answer(organisation_pk: int) -> list[str]:
    """Slugs of the agreements in which an invitation waits for this firm's answer. One query, whatever there is."""
    waiting = JointReply.objects.filter(
        organisation=organisation_pk, answer=JointReply.Answer.WAITING, invitation__ended_at__isnull=True
    )
    return list(waiting.values_list("invitation__agreement__slug", flat=True).distinct())


def names_after_consent(
    agreement: Agreement, invitations: Sequence[JointInvitation]
) -> dict[int, list[tuple[int, str]]]:
    """Per invitation to which every firm said yes, and every firm is still a member, their numbers and names.

    The one place at which a firm's page reads beyond its own fence, and only the names. An invitation that ended, and
    one of which anybody took the yes back, is left out.
    """
    asked = [one.pk for one in invitations if one.ended_at is None]
    if not asked:
        return {}
    with unfenced(reason="names of firms that all agreed to act together"):
        members = Membership.objects.filter(agreement=agreement, kind=Membership.Kind.PARTICIPANT)
        running = members.filter(left_on__isnull=True).values("organisation")
        refusing = JointReply.objects.filter(invitation__in=asked).exclude(
            Q(answer=JointReply.Answer.YES) & Q(organisation__in=running)
        )
        agreed = JointReply.objects.filter(invitation__in=asked).exclude(invitation__in=refusing.values("invitation"))
        found: dict[int, list[tuple[int, str]]] = {}
        for invitation, pk, name in agreed.order_by("organisation__name").values_list(
            "invitation_id", "organisation_id", "organisation__name"
        ):
            found.setdefault(invitation, []).append((pk, name))
    return found
