"""States and moves of a plan: written, marked ready, published; a published plan can be opened for a new version."""

from django.utils.translation import gettext_lazy as _

from ketenwijs.foundation.states.machine import Machine, Move, State

DRAFT = "draft"
READY = "ready"
PUBLISHED = "published"

PLAN = Machine(
    states=[
        State(DRAFT, _("being written"), "neutral"),
        State(READY, _("ready"), "busy"),
        State(PUBLISHED, _("published"), "good"),
    ],
    moves=[
        Move("mark_ready", _("The plan is ready"), (DRAFT,), READY, "plans.write"),
        Move("reopen", _("Change the plan"), (READY, PUBLISHED), DRAFT, "plans.write"),
        Move("publish", _("Publish the public version"), (READY, PUBLISHED), PUBLISHED, "plans.publish"),
    ],
)
