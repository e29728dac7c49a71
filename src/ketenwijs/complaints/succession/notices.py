"""The question to a complainant, and the word to every holder that a case went over."""

from __future__ import annotations

from typing import Any

from ketenwijs.complaints.cases.models import COMPLAINANT, Holder
from ketenwijs.complaints.intake.events import Notice
from ketenwijs.complaints.intake.phrases import Sheet
from ketenwijs.complaints.succession import selectors
from ketenwijs.complaints.succession.models import Successor

ASKED, DONE = "asked", "done"


def notice_for(holder: Holder, sheet: Sheet | None) -> Notice | None:
    """Asked: only the complainant of an open case, once a body may be used. Done: everybody with a receipt."""
    handing = selectors.handing_of(holder.case)
    if handing is not None:
        return _notice(handing.successor, DONE, "", sheet)
    found = selectors.usable() if holder.role == COMPLAINANT and holder.case.closed_week is None else None
    if found is None:
        return None
    return _notice(found, ASKED, selectors.answer_of(holder.case, found), sheet)


def _notice(successor: Successor, stage: str, said: str, sheet: Sheet | None) -> Notice:
    """The statement goes along as it was signed, so that a browser can check who signed before it asks."""
    body = successor.body
    data: dict[str, Any] = {
        "kind": "handover",
        "stage": stage,
        "said": said,
        "statement": successor.statement,
        "signatures": [{"key": one.key, "signature": one.signature} for one in successor.signatures.all()],
    }
    state = "transferred" if stage == DONE else ""
    if sheet is None:
        return Notice(data, state=state)
    gaps = {"name": body.name, "day": sheet.day(body.since)}
    words = {
        "stage": stage,
        "ask": sheet.phrases["handover_ask"] % gaps,
        "done": sheet.phrases["handover_done"] % gaps,
        "said": sheet.phrases[f"handover_{said}"] if said else "",
        "address": body.address,
        "post": body.post,
        "fingerprint": body.fingerprint,
        "digest": successor.digest,
    }
    return Notice(data, "succession/_notice.html", words, state)
