"""Errors that are meant for people: one sentence saying what happened and what to do now."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise

Sentence = str | Promise


class DomainError(Exception):
    """A service refuses. Shown to the person as is, with the typed input kept.

    `sentence` is translatable; `fields` ties further sentences to form fields by name.
    """

    def __init__(self, sentence: Sentence, *, fields: Mapping[str, Sentence] | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.fields = dict(fields or {})

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(DomainError):
    """The person may see the object but lacks the right for this act (403 for people inside)."""


class StaleVersion(DomainError):
    """Somebody else saved in the meantime; nothing was overwritten (409, both versions shown)."""
