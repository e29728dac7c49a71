"""Every write to answers: saving, evidence, earlier answers along, confirming, closing at hand-in."""

from ketenwijs.domain.questionnaires.services.answering import Typed, save_answer, save_section
from ketenwijs.domain.questionnaires.services.carrying import carry_over, confirm_carried
from ketenwijs.domain.questionnaires.services.evidence import PURPOSE, attach_evidence, detach_evidence
from ketenwijs.domain.questionnaires.services.sheets import close, reopen

__all__ = [
    "PURPOSE",
    "Typed",
    "attach_evidence",
    "carry_over",
    "close",
    "confirm_carried",
    "detach_evidence",
    "reopen",
    "save_answer",
    "save_section",
]
