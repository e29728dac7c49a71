"""Texts in three languages, complete or refused."""

from __future__ import annotations

from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, Field

LANGUAGES = ("nl", "fr", "en")


class Texts(BaseModel):
    """One text per language. A missing or empty language is a fault of the check "translation"."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    nl: str = Field(min_length=1)
    fr: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_language(self, code: str) -> str:
        """The text in a language; Dutch for one that is not offered."""
        return str(getattr(self, code[:2], None) or self.nl)

    def __str__(self) -> str:
        return self.in_language(get_language() or "nl")

    @property
    def by_language(self) -> dict[str, str]:
        """As a plain mapping, for payloads."""
        return {"nl": self.nl, "fr": self.fr, "en": self.en}
