"""What this app hands to the foundation and to the yearly report."""

from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.parts import register_part
from ketenwijs.domain.plans.part import PART
from ketenwijs.domain.plans.publications import PublicPlan
from ketenwijs.foundation.access.rights import Right, register_rights
from ketenwijs.foundation.journal.events import EventType, register_events
from ketenwijs.foundation.publishing.kinds import PublicationKind, register_publication_kind

register_rights(
    Right("plans.write", _("Write the plan of action of the own company")),
    Right("plans.publish", _("Publish the plan of action of the own company")),
    Right("plans.read_members", _("Read plans of members")),
)
register_events(
    EventType("plans.plan.started", _("A plan of action was started")),
    EventType("plans.plan.public_texts_saved", _("Texts for the public were saved")),
    EventType("plans.plan.marked_ready", _("A plan of action was marked as ready")),
    EventType("plans.plan.reopened", _("A plan of action was opened again")),
    EventType("plans.plan.published", _("A plan of action was published")),
    EventType("plans.plan.carried_over", _("Goals of an earlier year came along")),
    EventType("plans.goal.saved", _("A goal was saved")),
    EventType("plans.goal.removed", _("A goal was taken out")),
    EventType("plans.measure.saved", _("A measure was saved")),
    EventType("plans.measure.removed", _("A measure was taken away")),
)
register_publication_kind(PublicationKind("plans.plan", PublicPlan, lambda key: f"/plans/{key}/"))
register_part(PART)
