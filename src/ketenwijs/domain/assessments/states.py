"""States and moves of a dossier: draft, handed in, heard, judged, read by a second person, published or only counted."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ketenwijs.foundation.states.machine import Machine, Move, State

DRAFT = "draft"
HANDED_IN = "handed_in"
HEARING = "hearing"
FINAL = "final"
DECIDED = "decided"
CONFIRMED = "confirmed"
PUBLISHED = "published"
COUNTED = "counted"

DOSSIER = Machine(
    states=[
        State(DRAFT, _("being filled in"), "neutral"),
        State(HANDED_IN, _("handed in, with the secretariat"), "busy"),
        State(HEARING, _("draft findings with the company"), "busy"),
        State(FINAL, _("reply received, final findings"), "busy"),
        State(DECIDED, _("outcome with the second reader"), "busy"),
        State(CONFIRMED, _("outcome confirmed, not yet public"), "good"),
        State(PUBLISHED, _("published"), "good"),
        State(COUNTED, _("closed, used in totals only"), "good"),
    ],
    moves=[
        Move("hand_in", _("Hand in"), (DRAFT,), HANDED_IN, "assessments.hand_in"),
        Move("return", _("Return to the company"), (HANDED_IN,), DRAFT, "assessments.assess", reason=True),
        Move("take_back", _("Take back to change"), (HANDED_IN,), DRAFT, "assessments.hand_in"),
        Move("send_findings", _("Send draft findings to the company"), (HANDED_IN,), HEARING, "assessments.assess"),
        Move("reply", _("Finish the reply"), (HEARING,), FINAL, "assessments.reply"),
        Move("close_hearing", _("Go on without a reply"), (HEARING,), FINAL, "assessments.assess"),
        Move("decide", _("Put the outcome to the second reader"), (FINAL,), DECIDED, "assessments.assess"),
        Move("send_back", _("Send back to the assessor"), (DECIDED,), FINAL, "assessments.confirm", reason=True),
        Move("confirm", _("Confirm the outcome"), (DECIDED,), CONFIRMED, "assessments.confirm"),
        Move("publish", _("Publish"), (CONFIRMED,), PUBLISHED, "assessments.publish"),
        Move("close", _("Close without publishing"), (CONFIRMED,), COUNTED, "assessments.publish"),
        Move("count", _("Count in the totals"), (HANDED_IN,), COUNTED, "assessments.manage_rounds"),
    ],
)

OPEN_FOR_FIRM = (DRAFT,)
WITH_SECRETARIAT = (HANDED_IN, FINAL, DECIDED, CONFIRMED)
DONE = (PUBLISHED, COUNTED)
