"""Every write of this app: sending, working a report through, replying for a firm, forgetting the sender."""

from ketenwijs.domain.sitereports.services.asking import ask_firms, reply
from ketenwijs.domain.sitereports.services.forgetting import forget_senders
from ketenwijs.domain.sitereports.services.handling import answer, check, close, link_location, not_take_up
from ketenwijs.domain.sitereports.services.sending import Receipt, Sender, Told, send

__all__ = [
    "Receipt",
    "Sender",
    "Told",
    "answer",
    "ask_firms",
    "check",
    "close",
    "forget_senders",
    "link_location",
    "not_take_up",
    "reply",
    "send",
]
