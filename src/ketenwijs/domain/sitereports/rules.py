"""Pure checks and numbers: names that a text must not hold, words taken over from a report, receipts."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without signs that look like another one when they are written down by hand."""
NUMBER_SIGNS, CODE_SIGNS = 8, 16
COPIED_WORDS = 8
"""So many words in a row that also stand so in a report count as taken over. Our own choice, no source."""
SHORTEST_NAME = 3
LONG_NAME = 10
"""From so many letters on a name is found with one of them wrong; in a shorter one that would be another word too often."""

# Legal forms at the end of a name; people leave them out when they write about a firm.
_LEGAL_FORMS = tuple(
    tuple(form.split())
    for form in (
        "bv", "b v", "nv", "n v", "vof", "v o f", "cv", "c v", "bvba", "b v b a", "sprl", "srl", "s r l", "sa", "s a",
        "sarl", "sas", "spa", "s p a", "gmbh", "ag", "kg", "gmbh co kg", "ug", "ltd", "limited", "pvt", "private", "plc",
        "llc", "llp", "inc", "corp", "co", "company", "as", "a s", "sti", "ltd sti", "jsc", "oy", "ab", "lda", "ltda",
    )
)  # fmt: skip
_OTHER_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
# Scripts that put no space between words.
_WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def folded(text: str) -> str:
    """Words in small letters without diacritics, one space between them: how names are compared.

    Marks that cannot be seen are taken out first, so that they do not split a name.
    """
    visible = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    plain = unicodedata.normalize("NFKD", visible).casefold().translate(_OTHER_LETTERS)
    letters = "".join(sign for sign in plain if unicodedata.category(sign) != "Mn")
    return " ".join("".join(sign if sign.isalnum() else " " for sign in letters).split())


def spellings(name: str) -> set[str]:
    """How a name may stand in a text: whole, without its legal form, and written as one word."""
    words = folded(name).split()
    whole = " ".join(words)
    stripped = True
    while stripped:
        stripped = False
        for form in _LEGAL_FORMS:
            if len(words) > len(form) and tuple(words[-len(form) :]) == form:
                words, stripped = words[: -len(form)], True
    found = {whole, " ".join(words), "".join(words)}
    return {one for one in found if len(one) >= SHORTEST_NAME or _WITHOUT_SPACES.search(one)}


def first_name_in(text: str, names: Iterable[str]) -> str | None:
    """The first of these names that stands in the text as a whole name, a long one also with a letter wrong; None when
    none does.
    """
    padded = f" {folded(text)} "
    joined = padded.replace(" ", "")
    misspelt = _Misspelt(padded.split())
    for name in names:
        for spelling in spellings(name):
            if f" {spelling} " in padded or spelling in misspelt:
                return name
            if _WITHOUT_SPACES.search(spelling) and spelling.replace(" ", "") in joined:
                return name
    return None


class _Misspelt:
    """Runs of words of a text; a long name is in it where one letter too few, too many, other or exchanged parts them."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self._runs: dict[int, set[str]] = {}

    def __contains__(self, spelling: object) -> bool:
        name = str(spelling)
        return len(name) >= LONG_NAME and not self._of(name.count(" ") + 1).isdisjoint(_with_a_letter_less(name))

    def _of(self, length: int) -> set[str]:
        if length not in self._runs:
            runs = {" ".join(self.words[start : start + length]) for start in range(len(self.words) - length + 1)}
            self._runs[length] = {one for run in runs for one in _with_a_letter_less(run)}
        return self._runs[length]


def _with_a_letter_less(text: str) -> set[str]:
    """The text itself, and without each of its letters."""
    return {text, *(text[:at] + text[at + 1 :] for at in range(len(text)))}


def copied_words(text: str, original: str, length: int = COPIED_WORDS) -> str:
    """The first run of so many words that stands in both texts; empty when there is none."""
    words, source = folded(text).split(), folded(original).split()
    runs = {tuple(source[start : start + length]) for start in range(len(source) - length + 1)}
    for start in range(len(words) - length + 1):
        if tuple(words[start : start + length]) in runs:
            return " ".join(words[start : start + length])
    return ""


def receipt(secret: str, once: str, content: str) -> tuple[str, str]:
    """Number and code of a report. The same form sent twice gets the same receipt, so nothing is taken in double."""
    digest = hmac.new(secret.encode(), f"site report\n{once}\n{content}".encode(), hashlib.sha512).digest()
    value, signs = int.from_bytes(digest, "big"), []
    for _place in range(NUMBER_SIGNS + CODE_SIGNS):
        value, rest = divmod(value, len(ALPHABET))
        signs.append(ALPHABET[rest])
    return "".join(signs[:NUMBER_SIGNS]), "".join(signs[NUMBER_SIGNS:])


def code_hash(number: str, code: str) -> str:
    """What is kept of a code. It is long and random, so a plain hash cannot be tried out."""
    return hashlib.sha256(f"{number}:{code}".encode()).hexdigest()


def as_typed(text: str) -> str:
    """A number or code as somebody types it back: capitals, without spaces and dashes."""
    return "".join(sign for sign in text.upper() if sign in ALPHABET)


def in_groups(text: str) -> str:
    """A number or code in groups of four, as it is shown."""
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))
