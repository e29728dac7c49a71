"""Writes names of any script in Latin letters, so that spellings of one name become comparable.

Chinese is read in pinyin with words kept apart, Indic scripts with their unwritten vowel, the rest by anyascii.
"""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

from .words import Words

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_HAN_UNIT = re.compile("第?([一二三四五六七八九十])分?[厂廠矿礦号號场場](?![\u3400-\u9fff])")
_HAN_NUMBERS = dict(zip("一二三四五六七八九十", range(1, 11), strict=True))
_INDIC = re.compile("[\u0900-\u0d7f\u200c\u200d]+")
_ARABIC = re.compile("[\u0620-\u065f\u066e-\u06d3\u200c]+")
_ARABIC_FRONTS = (
    "\u0648\u0627\u0644",
    "\u0628\u0627\u0644",
    "\u0644\u0644",
    "\u0627\u0644",
)  # and the, with the, for the, the
_ARABIC_VOWELS = re.compile("[\u064b-\u065f\u0640]")
# Between consonants waw and yeh stand for long vowels; in front of a word and beside another vowel they are consonants.
_ARABIC_LONG = re.compile(
    "(?<=[\u0628-\u063a\u0641-\u0647\u0679-\u06af\u06be\u06c1])[\u0648\u064a\u06cc]|[\u0627\u0629]"
)
_ARABIC_LONG_VOWELS = {"\u0648": "u", "\u064a": "i", "\u06cc": "i", "\u0627": "a", "\u0629": "a"}
_ARABIC_ALEF = str.maketrans(dict.fromkeys("\u0622\u0623\u0625\u0671\u0649", "\u0627"))
"""One alef, whatever it carries; also at the end of a word. Words of trade are looked up in this spelling."""
_OTHER = re.compile("[\u0370-\u05ff\u0d80-\u1dff\uac00-\ud7af]")
_COMBINING_DOT = "\u0307"

# One block of 128 signs per Indic script, all laid out alike (after ISCII): a sign's place in its block tells it.
_CONSONANTS = dict(
    zip(
        range(0x15, 0x3A),
        [
            "k",
            "kh",
            "g",
            "gh",
            "n",
            "ch",
            "chh",
            "j",
            "jh",
            "n",
            "t",
            "th",
            "d",
            "dh",
            "n",
            "t",
            "th",
            "d",
            "dh",
            "n",
            "n",
            "p",
            "ph",
            "b",
            "bh",
            "m",
            "y",
            "r",
            "r",
            "l",
            "l",
            "l",
            "v",
            "sh",
            "sh",
            "s",
            "h",
        ],
        strict=True,
    )
)
_VOWELS = {
    0x05: "a", 0x06: "a", 0x07: "i", 0x08: "i", 0x09: "u", 0x0A: "u", 0x0B: "ri", 0x0C: "li", 0x0D: "e", 0x0E: "e",
    0x0F: "e", 0x10: "ai", 0x11: "o", 0x12: "o", 0x13: "o", 0x14: "au",
}  # fmt: skip
_SIGNS = {
    0x3E: "a", 0x3F: "i", 0x40: "i", 0x41: "u", 0x42: "u", 0x43: "ri", 0x44: "ri", 0x45: "e", 0x46: "e", 0x47: "e",
    0x48: "ai", 0x49: "o", 0x4A: "o", 0x4B: "o", 0x4C: "au",
}  # fmt: skip
_ASPIRATED_DOT = {0x58: "k", 0x59: "kh", 0x5A: "g", 0x5B: "z", 0x5C: "r", 0x5D: "rh", 0x5E: "f", 0x5F: "y"}
_NASALS = {0x01: "n", 0x02: "n", 0x03: "h"}
_DOTTED = {"j": "z", "d": "r", "dh": "rh", "ph": "f", "k": "q"}
_VIRAMA, _NUKTA = 0x4D, 0x3C
_UNWRITTEN = "@"
_SILENT_BLOCKS = range(0x12, 0x16)  # Devanagari, Bengali, Gurmukhi, Gujarati do not speak every unwritten vowel


def romanise(text: str, words: Words) -> str:
    """The text in Latin letters (a-z and others of ASCII). ASCII comes back as it is."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    if _HAN.search(text):
        text = _HAN_UNIT.sub(lambda found: f" {_HAN_NUMBERS[found.group(1)]} ", text)
        text = _HAN.sub(lambda found: " " + _read_han(found.group(), words) + " ", text)
    if _INDIC.search(text):
        text = _INDIC.sub(lambda found: _read_indic(found.group(), words), text)
    if _ARABIC.search(text):
        text = _ARABIC.sub(lambda found: _read_arabic(found.group(), words), text)
    if words.latin_phrases.search(text):
        text = words.latin_phrases.sub(lambda found: words.phrases[found.group().casefold()], text)
    if _OTHER.search(text):
        folded = text.casefold() if len(text.casefold()) == len(text) else text
        text = words.other_phrases.sub(lambda found: f" {words.phrases[found.group()]} ", folded)
    if text.isascii():
        return text
    return anyascii(text.replace("İ", "I").replace(_COMBINING_DOT, ""))


def _read_han(run: str, words: Words) -> str:
    """A run of Chinese signs: known words by meaning, places and readings by list, the rest run together."""
    parts: list[str] = []
    rest: list[str] = []

    def close() -> None:
        if rest:
            parts.append("".join(rest))
            rest.clear()

    for piece in words.han_pieces.split(run):
        if not piece:
            continue
        if piece in words.phrases:
            close()
            parts.append(words.phrases[piece])
        elif piece in words.han_places:
            close()
            parts.append(_syllables(piece, words))
        elif piece in words.han_divisions:
            close()
        else:
            rest.append(_syllables(piece, words))
    close()
    return " ".join(parts)


def _syllables(piece: str, words: Words) -> str:
    """The reading of signs as one word; a known reading goes before reading sign by sign."""
    read = words.han_readings.sub(lambda found: words.han[found.group()], piece)
    return anyascii(read).replace(" ", "").lower()


def _read_arabic(word: str, words: Words) -> str:
    """A word in Arabic writing without its article; words of trade and some places by their meaning."""
    word = _ARABIC_VOWELS.sub("", word)
    bare = next((word[len(one) :] for one in _ARABIC_FRONTS if word.startswith(one) and len(word) > len(one) + 2), word)
    for written in (word, bare, bare.replace("\u200c", ""), bare.translate(_ARABIC_ALEF)):
        if written in words.phrases:
            return words.phrases[written]
    bare = bare.translate(_ARABIC_ALEF)
    return anyascii(_ARABIC_LONG.sub(lambda found: _ARABIC_LONG_VOWELS[found.group()], bare.replace("\u200c", " ")))


def _read_indic(run: str, words: Words) -> str:
    """A word in an Indic script; words of trade by their meaning."""
    run = run.replace("\u200c", "").replace("\u200d", "")
    known = words.phrases.get(run)
    if known is not None:
        return known
    return _spell_indic(run) if run else ""


def _spell_indic(run: str) -> str:
    """Sign by sign: a consonant carries an `a` until a vowel sign or a virama takes it away; some of those are
    not spoken in the northern languages.
    """
    units: list[list[str]] = []  # consonants, vowel
    for letter in run:
        _add_sign(ord(letter) & 0x7F, units)
    if ord(run[0]) >> 7 in _SILENT_BLOCKS:
        _silence(units)
    return "".join(part for unit in units for part in unit).replace(_UNWRITTEN, "a")


def _add_sign(place: int, units: list[list[str]]) -> None:
    """One sign: a consonant or vowel of its own, or a change of the one before it."""
    if place in _CONSONANTS or place in _ASPIRATED_DOT:
        units.append([_CONSONANTS.get(place) or _ASPIRATED_DOT[place], _UNWRITTEN])
    elif place in _VOWELS:
        units.append(["", _VOWELS[place]])
    elif 0x66 <= place <= 0x6F:
        units.append([str(place - 0x66), ""])
    elif units:
        _change_last(place, units)


def _change_last(place: int, units: list[list[str]]) -> None:
    if place in _SIGNS:
        units[-1][1] = _SIGNS[place]
    elif place == _VIRAMA:
        units[-1][1] = ""
    elif place == _NUKTA:
        units[-1][0] = _DOTTED.get(units[-1][0], units[-1][0])
    elif place in _NASALS:
        units.append([_NASALS[place], ""])


def _silence(units: list[list[str]]) -> None:
    """Takes away the unwritten `a` at the end of a word, and from the end on each between two spoken syllables."""
    if len(units) > 1 and units[-1][1] == _UNWRITTEN:
        units[-1][1] = ""
    for before, here, after in reversed(list(zip(units, units[1:], units[2:], strict=False))):
        if here[1] == _UNWRITTEN and here[0] and before[1] and after[0] and after[1]:
            here[1] = ""
