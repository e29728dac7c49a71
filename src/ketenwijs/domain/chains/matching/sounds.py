"""One spelling per sound: romanisations of one name differ in letters, hardly in sounds."""

from __future__ import annotations

import re

_DOUBLED = re.compile(r"([a-z])\1+")
# One way to write a sound, whatever the script or language it came from. Order matters.
_SOUNDS = (
    ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("ck", "k"), ("sh", "s"), ("ch", "\x01"), ("c", "k"), ("\x01", "c"),
    ("th", "t"), ("dh", "d"), ("bh", "b"), ("gh", "g"), ("kh", "k"), ("ph", "f"), ("jh", "j"), ("zh", "j"),
    ("rh", "r"), ("x", "ks"), ("w", "v"), ("q", "k"), ("z", "s"), ("ee", "i"), ("oo", "u"), ("ou", "u"), ("ae", "e"),
    ("oe", "o"), ("ue", "u"), ("y", "i"), ("dj", "j"),
)  # fmt: skip
_VOWELS = str.maketrans("", "", "aeiou")


def fold_sounds(text: str) -> str:
    """The text with one spelling per sound and no doubled letters, so that Laxmi is Lakshmi and Husain Hussain."""
    for written, sound in _SOUNDS:
        if written in text:
            text = text.replace(written, sound)
    return _DOUBLED.sub(r"\1", text)


def skeleton(text: str) -> str:
    """The consonants: what stays when vowels are written otherwise or not at all."""
    return text.translate(_VOWELS)
