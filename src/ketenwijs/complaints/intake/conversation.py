"""What a holder sees of a thread: rows with plain words, and refusals as sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ketenwijs.complaints.cases.arrival import Opened
from ketenwijs.complaints.cases.definitions import kinds
from ketenwijs.complaints.cases.models import COMPLAINANT, Case
from ketenwijs.complaints.intake.phrases import Sheet
from ketenwijs.complaints.sealing.payloads import Payload
from ketenwijs.complaints.sealing.refusals import NOT_GENUINE, OUT_OF_PLACE

QUESTION_KINDS = ("consent", "remedy")
NEW_KEY = "key"
"""Kind of the message with which a new key begins; there is nothing to read in it."""


@dataclass(frozen=True)
class Row:
    """One message as it is shown. `ask` is consent or remedy while an answer is awaited."""

    number: int
    who: str = ""
    when: str = ""
    text: str = ""
    file: str = ""
    ask: str = ""
    problem: str = ""


def conversation(opened: Opened, sheet: Sheet) -> list[Row]:
    """All rows of all threads of the holder, in their order."""
    rows = []
    for messages in opened.messages.values():
        answered = {
            int(one.payload.body.get("about", 0))
            for one in messages
            if one.payload and one.payload.author == opened.holder.role and one.payload.kind in QUESTION_KINDS
        }
        for one in messages:
            if one.payload and one.payload.kind == NEW_KEY:
                continue
            if one.payload is None:
                rows.append(Row(one.sequence, problem=sheet.phrases[_sentence(one.refusal)]))
            else:
                rows.append(_row(one.payload, opened.holder.role, sheet, answered))
    return rows


def _row(payload: Payload, own: str, sheet: Sheet, answered: set[int]) -> Row:
    number, asks = payload.place.sequence, payload.author.startswith("member:") and payload.kind in QUESTION_KINDS
    who = "from_you" if payload.author == own else "from_committee"
    if payload.author != own and not payload.author.startswith("member:"):
        who = "from_you" if payload.author == COMPLAINANT else "from_firm"
    text = str(payload.body.get("text", ""))
    if payload.kind in QUESTION_KINDS and not asks:
        text = sheet.phrases.get(f"{payload.kind}_{text}", text)
    return Row(
        number=number,
        who=sheet.phrases[who],
        when=payload.sent_at[:10],
        text=text,
        file=str(payload.body.get("file", "")) if payload.kind == "file" else "",
        ask=payload.kind if asks and number not in answered else "",
    )


def _sentence(code: str) -> str:
    return code if code in (NOT_GENUINE, OUT_OF_PLACE) else "damaged"


def standing(case: Case, today: date) -> tuple[str, date | None]:
    """Which plain word says where a case stands, and the day before which the next step is expected."""
    if case.suspended_week is not None:
        return "paused", None
    days = [day for day in (case.due_on, case.decide_by) if day is not None]
    return kinds().states[case.state].shown_as, min(days) if days and case.closed_week is None else None
