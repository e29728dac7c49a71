"""Every write of the judgement, one function per verb, in groups by who acts when."""

from ketenwijs.domain.assessments.services.handing_in import hand_in, return_to_firm, take_along, take_back
from ketenwijs.domain.assessments.services.hearing import close_hearing, finish_reply, reply_to, send_findings
from ketenwijs.domain.assessments.services.judging import confirm_unchanged, judge, judge_finally, take_over_declared
from ketenwijs.domain.assessments.services.outcomes import confirm, decide, publish, send_back
from ketenwijs.domain.assessments.services.rounds import assign, close_round, open_round, record_year_without_round
from ketenwijs.domain.assessments.services.sizes import record_size

__all__ = [
    "assign",
    "close_hearing",
    "close_round",
    "confirm",
    "confirm_unchanged",
    "decide",
    "finish_reply",
    "hand_in",
    "judge",
    "judge_finally",
    "open_round",
    "publish",
    "record_size",
    "record_year_without_round",
    "reply_to",
    "return_to_firm",
    "send_back",
    "send_findings",
    "take_along",
    "take_back",
    "take_over_declared",
]
