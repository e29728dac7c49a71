"""Reads Chinese in the older spelling of Wade and Giles as pinyin: Ch'ing Hsiang is Qing Xiang, T'ai Feng is Tai Feng."""

from __future__ import annotations

import re

_MARKS = "['\u2019\u02bb\u2018`]"
_ASPIRATED = re.compile(rf"\b(?:ch|ts|tz|[ptk]){_MARKS}[a-z\u00fc]", re.IGNORECASE)
"""What tells this spelling from others; without the mark p and b, t and d cannot be told apart."""
_FINALS = (
    "iung|iang|iao|ieh|ien|ing|iu|in|ia|i|uang|uai|uan|uei|ueh|ung|uo|ua|ui|un|u|\u00fceh|\u00fcan|\u00fcn|\u00fc|"
    "ang|eng|ai|ao|an|ei|en|erh|eh|ih|ou|o|e|a"
)
_SYLLABLE = re.compile(
    rf"\b(ch{_MARKS}|ts{_MARKS}|tz{_MARKS}|[ptk]{_MARKS}|ch|ts|tz|sz|ss|sh|hs|[ptkjmnlfhswy])?({_FINALS})\b",
    re.IGNORECASE,
)
_INITIALS = {"p'": "p", "p": "b", "t'": "t", "t": "d", "k'": "k", "k": "g", "hs": "x", "j": "r", "sz": "s", "ss": "s"}
_INITIALS |= {"ts'": "c", "tz'": "c", "ts": "z", "tz": "z"}
_SPELT = {
    "ung": "ong", "iung": "iong", "ieh": "ie", "ien": "ian", "ih": "i", "ueh": "ue", "uei": "ui", "erh": "er", "eh": "e",
    "\u00fc": "u", "\u00fceh": "ue", "\u00fcan": "uan", "\u00fcn": "un",
}  # fmt: skip


def as_pinyin(text: str) -> str:
    """The text with its syllables in pinyin; as it is where no mark of this spelling stands in it."""
    return _SYLLABLE.sub(_syllable, text) if _ASPIRATED.search(text) else text


def _syllable(found: re.Match[str]) -> str:
    initial = re.sub(_MARKS, "'", (found.group(1) or "").lower())
    final = found.group(2).lower()
    spelt = _SPELT.get(final, final)
    if initial in ("ch", "ch'"):
        is_soft = final != "ih" and final[0] in "i\u00fc"
        initial = {"ch": "j" if is_soft else "zh", "ch'": "q" if is_soft else "ch"}[initial]
    elif final == "o" and initial in ("k", "k'", "h"):
        spelt = "e"
    elif initial == "y" and final == "en":
        spelt = "an"
    return _INITIALS.get(initial, initial) + spelt
