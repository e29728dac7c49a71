"""Pure calculation of weeks and clocks."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

FIRST_APART = 100_000
"""Numbers from here on are drawn by chance, for cases that nobody may notice from a gap between the others."""
LAST_APART = 999_999


def week_of(day: date) -> date:
    """Monday of the week: finer moments are not kept of a complainant's acts."""
    return day - timedelta(days=day.weekday())


def due(week: date, days: int | None) -> date | None:
    """The day something is due, counted from the end of the week in which it began, so never too early."""
    return None if days is None else week + timedelta(days=6 + days)


def week_is_over(week: date, today: date) -> bool:
    """Whether a week that began on a Monday has passed."""
    return today > week + timedelta(days=6)


def after_pause(day: date | None, paused: date, resumed: date) -> date | None:
    """A due day moved on by the weeks that the clock stood still."""
    return day and day + (resumed - paused)


def purge_on(closed: date, last_word: date, *, after_closing: int, after_last_word: int) -> date:
    """The first day on which a closed case may be erased: never soon after the complainant's last message."""
    return max(closed + timedelta(days=6 + after_closing), last_word + timedelta(days=6 + after_last_word))


def proof_hash(proof: str) -> str:
    """What is kept of a holder's proof; 256 derived bits need no slow hash."""
    return hashlib.sha256(proof.encode()).hexdigest()
