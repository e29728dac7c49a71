"""Names of the kinds of public copy, and texts as plain mappings."""

from __future__ import annotations

from ketenwijs.domain.agreements.definitions import Named
from ketenwijs.domain.agreements.public_shapes import PublicNamed, Words
from ketenwijs.foundation.content.texts import Texts

AGREEMENT, MEMBER, AUTHORITY, FIGURES, PIPELINE = (
    "agreements.agreement",
    "agreements.member",
    "agreements.authority",
    "agreements.figures",
    "agreements.pipeline",
)
PIPELINE_KEY = "policy"
"""There is one pipeline; its copies share this key."""


def in_words(texts: Texts | None) -> Words:
    """A text per language; empty when there is none."""
    return texts.by_language if texts else {}


def named(items: tuple[Named, ...]) -> list[PublicNamed]:
    """Codes with their names."""
    return [PublicNamed(code=one.code, name=in_words(one.name)) for one in items]
