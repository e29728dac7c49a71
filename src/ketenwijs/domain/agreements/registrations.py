"""What this app hands to the foundation: rights, journal events, menu, content kinds, the fence of staff and
the public copies.
"""

from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements import policies, publications, selectors
from ketenwijs.domain.agreements.checks.agreement import check_agreement
from ketenwijs.domain.agreements.checks.framework import check_framework
from ketenwijs.domain.agreements.checks.observations import check_observations
from ketenwijs.domain.agreements.checks.pipeline import check_pipeline
from ketenwijs.domain.agreements.definitions import AgreementFile, ObservationsFile, PipelineFile
from ketenwijs.domain.agreements.frameworks import FrameworkFile
from ketenwijs.domain.participants.policies import register_scopes_of
from ketenwijs.foundation.access.fence import register_fence_provider
from ketenwijs.foundation.access.rights import Right, register_rights
from ketenwijs.foundation.access.viewer import agreement_scope
from ketenwijs.foundation.content.kinds import ContentKind, register_kind
from ketenwijs.foundation.journal.events import EventType, register_events
from ketenwijs.foundation.ui.navigation import MenuItem, register_menu

register_rights(
    Right("agreements.read", _("Read the agreement")),
    Right("agreements.see_members", _("See all members and what is recorded about them")),
    Right("agreements.manage_members", _("Change memberships, groups and outcomes, and take over a register")),
    Right("agreements.start", _("Start agreements and bring their packages into use")),
)
register_events(
    EventType("agreements.agreement.added", _("An agreement was added")),
    EventType("agreements.membership.begun", _("A membership began")),
    EventType("agreements.membership.ended", _("A membership ended")),
    EventType("agreements.membership.corrected", _("The first day of a membership was corrected")),
    EventType("agreements.group.set", _("A member company came into another group")),
    EventType("agreements.level.set", _("An outcome was recorded at a membership")),
    EventType("agreements.plan.linked", _("A link to an earlier plan was recorded")),
    EventType("agreements.register.imported", _("A register was taken over from a sheet")),
    EventType("agreements.person.invited", _("Somebody was invited to a role in the agreement")),
    EventType("agreements.invitation.withdrawn", _("An invitation to a role in the agreement was withdrawn")),
    EventType("agreements.figures.loaded", _("Figures of an agreement were loaded")),
)
register_menu(
    MenuItem(
        _("Members"),
        "agreements:members_home",
        lambda viewer: viewer.holds("agreements.see_members"),
        order=30,
    ),
    MenuItem(_("Agreement"), "agreements:home", lambda viewer: viewer.holds("agreements.read"), order=90),
    MenuItem(
        _("People and roles"),
        "agreements:people_home",
        lambda viewer: bool(policies.agreements_to_staff(viewer)) or viewer.holds(policies.MANAGE_ROLES),
        order=95,
    ),
    MenuItem(_("Start an agreement"), "agreements:starting", policies.may_start, order=96),
)
for kind in (
    ContentKind("agreement", "agreements/*/agreement.yaml", AgreementFile, check_agreement),
    ContentKind("framework", "agreements/*/framework-*.yaml", FrameworkFile, check_framework),
    ContentKind("observations", "agreements/*/observations.yaml", ObservationsFile, check_observations),
    ContentKind("pipeline", "policy/pipeline.yaml", PipelineFile, check_pipeline),
):
    register_kind(kind)
register_fence_provider(selectors.organisations_seen_by)
register_scopes_of(lambda organisation: [agreement_scope(slug) for slug in selectors.agreement_slugs_of(organisation)])
publications.register()
