"""Reading a whole thread: every message checked, one bad message never hides the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ketenwijs.complaints.sealing.envelopes import digest
from ketenwijs.complaints.sealing.payloads import FIRST, Payload, Place, opened
from ketenwijs.complaints.sealing.refusals import DAMAGED, LIST_OLDER, LIST_OTHER_ROOT, OUT_OF_PLACE, Refusal


@dataclass(frozen=True)
class Stored:
    """An envelope as the database keeps it."""

    sequence: int
    epoch: int
    sealed: bytes


@dataclass(frozen=True)
class Read:
    """One message as the reader sees it: a payload, or the code of why there is none."""

    sequence: int
    payload: Payload | None
    refusal: str = ""


def read_thread(
    envelopes: Iterable[Stored],
    *,
    case: str,
    thread: str,
    identities: Mapping[int, str],
    signers: Mapping[str, str],
) -> list[Read]:
    """All messages in stored order. `identities`: the thread's identity by epoch, as far as the reader has them.

    A message that was moved, dropped before, forged, cut or of an epoch the reader has no key for is named as such.
    """
    found, expected, previous = [], 1, FIRST
    for one in envelopes:
        place = Place(case, thread, one.epoch, expected, previous)
        try:
            if one.epoch not in identities:
                raise Refusal(DAMAGED)
            if one.sequence != expected:
                raise Refusal(OUT_OF_PLACE)
            payload = opened(one.sealed, identity=identities[one.epoch], place=place, signers=signers)
            found.append(Read(one.sequence, payload))
        except Refusal as refusal:
            found.append(Read(one.sequence, None, refusal.code))
        expected, previous = one.sequence + 1, digest(one.sealed)
    return found


def key_list_refusal(messages: Iterable[Read], *, root: str, serial: int) -> str:
    """Whether the key list offered now is older than one that was seen when earlier messages were written, or of
    another root: the code of the refusal, empty when all is well."""
    for one in messages:
        seen = one.payload.key_list if one.payload else {}
        if seen and seen.get("root") != root:
            return LIST_OTHER_ROOT
        if seen and int(seen.get("serial", 0)) > serial:
            return LIST_OLDER
    return ""
