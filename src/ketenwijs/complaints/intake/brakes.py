"""Slowing down floods and guessing without writing down who came, and without ever closing the door (security.md 4.7).

Counters live in this process only, under a key that is drawn anew every day. Many sendings bring up a sum to solve;
the costly work on receipts is done two at a time with twenty waiting.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from django.core import signing

WINDOW = 600
PER_ADDRESS, PER_SITE = 40, 200
"""Acts in ten minutes before a sum is asked. Thousands may share one mobile address, so the first is generous."""
GUESSES_PER_SITE = 60
"""Wrong receipts in ten minutes, from everybody together, before looking up asks for a sum."""
AT_ONCE, WAITING = 2, 20
SUM_SALT, SUM_SECONDS = "intake sum", 900


class Busy(Exception):
    """More people wait than can be served: 503, with the form kept."""


class Brake:
    """Counts acts in a sliding window."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self.moments: dict[bytes, deque[float]] = {}
        self.day, self.key = -1, b""
        self.solved: dict[str, float] = {}

    def note(self, what: str, address: str = "") -> None:
        """Count one act, for everybody together or for one address."""
        with self.lock:
            mark = self._mark(what, address)
            moments = self.moments.setdefault(mark, deque())
            moments.append(time.monotonic())
            self._drop_old()

    def count(self, what: str, address: str = "") -> int:
        """Acts in the window."""
        with self.lock:
            mark = self._mark(what, address)
            moments = self.moments.get(mark, deque())
            since = time.monotonic() - WINDOW
            return sum(1 for moment in moments if moment > since)

    def _mark(self, what: str, address: str) -> bytes:
        today = int(time.time() // 86400)
        if today != self.day:
            self.moments, self.day, self.key = {}, today, secrets.token_bytes(32)
        return hmac.new(self.key, f"{what} {address}".encode(), hashlib.sha256).digest()

    def _drop_old(self) -> None:
        since = time.monotonic() - WINDOW
        for mark, moments in list(self.moments.items()):
            while moments and moments[0] <= since:
                moments.popleft()
            if not moments:
                del self.moments[mark]

    def solve_once(self, token: str) -> bool:
        """Whether a sum is answered for the first time."""
        now = time.monotonic()
        with self.lock:
            self.solved = {one: at for one, at in self.solved.items() if now - at < SUM_SECONDS}
            if token in self.solved:
                return False
            self.solved[token] = now
            return True


brake = Brake()


def must_solve(what: str, address: str) -> bool:
    """Whether this sending asks for a sum first."""
    return brake.count(what, address) >= PER_ADDRESS or brake.count(what) >= PER_SITE


def guessing_is_slowed() -> bool:
    """Whether so many wrong receipts came that every look-up asks for a sum; no case is ever locked."""
    return brake.count("guess") >= GUESSES_PER_SITE


def new_sum() -> tuple[int, int, str]:
    """Two numbers and a token that knows their sum."""
    one, other = secrets.randbelow(8) + 2, secrets.randbelow(8) + 2
    return one, other, signing.dumps([one + other, secrets.token_hex(8)], salt=SUM_SALT)


def is_solved(token: str, answer: str) -> bool:
    """Whether a sum was answered rightly, in time and for the first time. Digits of any script."""
    try:
        wanted, _random = signing.loads(token, salt=SUM_SALT, max_age=SUM_SECONDS)
        given = int(answer.strip())
    except (signing.BadSignature, ValueError):
        return False
    return given == wanted and brake.solve_once(token)


def unsolved(token: str, answer: str) -> str:
    """Nothing when the sum is solved, else the phrase to say. Whoever got the form before there was a sum, wrote longer
    than a sum holds, or sends the same again is asked one; only a wrong answer is called wrong."""
    if is_solved(token, answer):
        return ""
    try:
        signing.loads(token, salt=SUM_SALT, max_age=SUM_SECONDS)
    except signing.BadSignature:
        return "question"
    return "question" if token in brake.solved else "question_wrong"


_slots = threading.BoundedSemaphore(AT_ONCE)
_queue = threading.BoundedSemaphore(AT_ONCE + WAITING)


@contextmanager
def costly_work(patience: float = 30) -> Iterator[None]:
    """Room for stretching one receipt. Raises Busy when the queue is full or the wait too long."""
    if not _queue.acquire(blocking=False):
        raise Busy
    try:
        if not _slots.acquire(timeout=patience):
            raise Busy
        try:
            yield
        finally:
            _slots.release()
    finally:
        _queue.release()
