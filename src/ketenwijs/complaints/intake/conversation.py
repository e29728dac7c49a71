"""What a holder sees of a thread: rows with plain words, and refusals as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ketenwijs.complaints.cases.arrival import Opened
from ketenwijs.complaints.cases.definitions import kinds
from ketenwijs.complaints.cases.models import COMPLAINANT, Case, HeardParty
from ketenwijs.complaints.committee.definitions import ITEMS
from ketenwijs.complaints.intake.phrases import Sheet
from ketenwijs.complaints.sealing.payloads import Payload
from ketenwijs.complaints.sealing.refusals import NOT_GENUINE, OUT_OF_PLACE

TRANSFER, TRANSFERRED = "transfer", "transferred"
"""Kinds of the question whether the case may go to an outside body, and of the word that it went."""
QUESTION_KINDS = ("consent", "remedy", TRANSFER)
ANSWER_KINDS = (*QUESTION_KINDS, "handover")
NEW_KEY = "key"
"""Kind of the message with which a new key begins; there is nothing to read in it."""


@dataclass(frozen=True)
class Row:
    """One message as it is shown. `ask` is consent, remedy or transfer while an answer is awaited; `asked`: the sentence of
    a question that was answered, so that the answer is understood later; `to` and `items`: the body and what it would
    get, where the question is a transfer; `back`: the yes to it can still be taken back."""

    number: int
    who: str = ""
    when: str = ""
    text: str = ""
    file: str = ""
    ask: str = ""
    asked: str = ""
    problem: str = ""
    to: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    back: bool = False


def conversation(opened: Opened, sheet: Sheet) -> list[Row]:
    """All rows of all threads of the holder, in their order."""
    rows = []
    for messages in opened.messages.values():
        answered = {
            int(one.payload.body.get("about", 0)): str(one.payload.body.get("text", ""))
            for one in messages
            if one.payload and one.payload.author == opened.holder.role and one.payload.kind in QUESTION_KINDS
        }
        if any(one.payload and one.payload.kind == TRANSFERRED for one in messages):
            answered = dict.fromkeys(answered, "")  # it went: nothing to take back any more
        for one in messages:
            if one.payload and one.payload.kind == NEW_KEY:
                continue
            if one.payload is None:
                rows.append(Row(one.sequence, problem=sheet.phrases[_sentence(one.refusal)]))
            else:
                rows.append(_row(one.payload, opened.holder.role, sheet, answered))
    return rows


def _row(payload: Payload, own: str, sheet: Sheet, answered: Mapping[int, str]) -> Row:
    number, asks = payload.place.sequence, payload.author.startswith("member:") and payload.kind in QUESTION_KINDS
    who = "from_you" if payload.author == own else "from_committee"
    if payload.author != own and not payload.author.startswith("member:"):
        who = "from_you" if payload.author == COMPLAINANT else "from_firm"
    text = str(payload.body.get("text", ""))
    if payload.kind in ANSWER_KINDS and not asks:
        text = sheet.phrases.get(f"{payload.kind}_{text}", text)
    if payload.kind == TRANSFERRED:
        name, day = (str(payload.body.get(part, "")) for part in ("name", "day"))
        text = sheet.phrases["transfer_done"] % {"name": name, "day": sheet.day(day)}
    asks_transfer = asks and payload.kind == TRANSFER
    return Row(
        number=number,
        who=sheet.phrases[who],
        when=sheet.day(payload.sent_at),
        text=text,
        file=str(payload.body.get("file", "")) if payload.kind == "file" else "",
        ask=payload.kind if asks and number not in answered else "",
        asked=sheet.phrases.get(f"{payload.kind}_question", "") if asks and number in answered else "",
        to=_body(payload.body) if asks_transfer else (),
        items=_items(payload.body, sheet) if asks_transfer else (),
        back=asks_transfer and answered.get(number) == "yes",
    )


def _body(body: Mapping[str, Any]) -> tuple[str, ...]:
    found = body.get("to")
    if not isinstance(found, Mapping):
        return ()
    return tuple(str(found[name]) for name in ("name", "address", "telephone") if found.get(name))


def _items(body: Mapping[str, Any], sheet: Sheet) -> tuple[str, ...]:
    named = body.get("items") or ()
    return tuple(sheet.phrases[f"transfer_{code}"] for code in ITEMS if code in named)


def _sentence(code: str) -> str:
    return code if code in (NOT_GENUINE, OUT_OF_PLACE) else "damaged"


def is_over(hearing: HeardParty | None) -> bool:
    """Whether a heard party can write nothing more."""
    return hearing is not None and hearing.closed_week is not None


def standing(case: Case, hearing: HeardParty | None = None) -> tuple[str, date | None]:
    """Which plain word says where a case stands, and the day before which the next step is expected; for a heard party
    its own state and day."""
    if is_over(hearing):
        return "closed", None
    if case.suspended_week is not None:
        return "paused", None
    if hearing is not None:
        waits = hearing.answered_week is None and case.closed_week is None
        return kinds().states[case.state].shown_as, hearing.due_on if waits else None
    days = [day for day in (case.due_on, case.decide_by) if day is not None]
    return kinds().states[case.state].shown_as, min(days) if days and case.closed_week is None else None
