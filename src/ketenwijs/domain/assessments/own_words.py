"""An agreement's own words for its letters and messages, where its package has them."""

from __future__ import annotations

from collections.abc import Mapping

from ketenwijs.domain.assessments.definitions import GAP, LettersFile, LetterText
from ketenwijs.foundation.content.selectors import content_of, newest
from ketenwijs.foundation.content.texts import Texts


def letter_text(slug: str, code: str) -> LetterText | None:
    """The agreement's words for one letter or message, or None where the program's own are used."""
    edition = newest("letters", f"letters:{slug}")
    file: LettersFile | None = content_of(edition) if edition else None
    return next((one for one in file.letters if one.code == code), None) if file else None


def filled(texts: Texts | None, values: Mapping[str, str]) -> str:
    """A text in the active language with its gaps filled; empty without a text."""
    return GAP.sub(lambda gap: values.get(gap.group(1), ""), str(texts)) if texts else ""
