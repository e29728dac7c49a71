"""Shape of `agreements/<slug>/letters.yaml`: the words of an agreement's letters and messages, where it has its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from ketenwijs.domain.agreements.definitions import AgreementFile, Shape
from ketenwijs.foundation.content.checking import duplicates
from ketenwijs.foundation.content.kinds import Loaded, Problem
from ketenwijs.foundation.content.texts import Texts

FEEDBACK = "feedback"
GAP = re.compile(r"\{([^{}]*)\}")
# A message goes through mail servers of others: it names no company (security.md 8). The letter itself does.
GAPS_OF_MESSAGES = frozenset({"agreement", "year", "day"})
GAPS_OF_LETTERS = GAPS_OF_MESSAGES | {"company"}


class LetterText(Shape):
    """One letter or message. The program fills in the person's name, the address of the page, outcome and findings.

    `subject` is left out for the feedback letter, which has its own heading. Gaps in braces: {agreement}, {year},
    {day} and, in the feedback letter, {company}.
    """

    code: Literal[
        "feedback",
        "reminder",
        "late",
        "returned",
        "findings_sent",
        "published",
        "closed",
        "handed_in",
        "reply_finished",
        "reply_reminder",
        "decided",
    ]
    subject: Texts | None = None
    opening: Texts
    closing: Texts | None = None


class LettersFile(Shape):
    """`agreements/<slug>/letters.yaml`; what it does not hold is said in the program's own words."""

    identifier: str
    version: str
    agreement: str
    letters: tuple[LetterText, ...]


def check_letters(loaded: Loaded, every: list[Loaded]) -> Iterable[Problem]:
    """The agreement exists, each letter stands once, a message has a subject, and only known gaps are used."""
    content = loaded.content
    assert isinstance(content, LettersFile)
    if content.agreement not in {f.content.slug for f in every if isinstance(f.content, AgreementFile)}:
        yield ("agreement",), "unknown_agreement", f"there is no agreement {content.agreement}"
    if content.identifier != f"letters:{content.agreement}":
        yield ("identifier",), "name", f"the identifier must be letters:{content.agreement}"
    for place, code in duplicates([one.code for one in content.letters]):
        yield ("letters", place, "code"), "duplicate_code", f"the code {code} stands twice"
    for place, letter in enumerate(content.letters):
        if letter.code != FEEDBACK and letter.subject is None:
            yield ("letters", place), "subject", "a message needs a subject"
        yield from _gaps(place, letter)


def _gaps(place: int, letter: LetterText) -> Iterator[Problem]:
    """Gaps that nothing fills."""
    known = GAPS_OF_LETTERS if letter.code == FEEDBACK else GAPS_OF_MESSAGES
    for name in ("subject", "opening", "closing"):
        texts: Texts | None = getattr(letter, name)
        for language, text in (texts.by_language if texts else {}).items():
            for gap in sorted(set(GAP.findall(text)) - known):
                path = ("letters", place, name, language)
                yield path, "gap", f"nothing fills {{{gap}}} here; use {', '.join(sorted(known))}"
