"""What this app hands to the foundation and to the yearly report."""

from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.parts import register_part
from ketenwijs.domain.questionnaires import policies
from ketenwijs.domain.questionnaires.part import PART
from ketenwijs.domain.questionnaires.services import PURPOSE
from ketenwijs.foundation.access.rights import Right, register_rights
from ketenwijs.foundation.files.purposes import EVIDENCE, Purpose, register_purpose
from ketenwijs.foundation.journal.events import EventType, register_events

register_rights(
    Right(policies.ANSWER, _("Answer the questions of the yearly report")),
    Right(policies.READ_MEMBERS, _("Read answers of members")),
)
register_events(
    EventType("questionnaires.answer.saved", _("An answer was saved")),
    EventType("questionnaires.evidence.added", _("Evidence was added to an answer")),
    EventType("questionnaires.evidence.removed", _("Evidence was taken away from an answer")),
    EventType("questionnaires.answers.carried_over", _("Answers of an earlier year came along")),
    EventType("questionnaires.answers.confirmed", _("Answers of an earlier year were confirmed")),
)
register_purpose(Purpose(PURPOSE, EVIDENCE, policies.may_read_evidence))
register_part(PART)
