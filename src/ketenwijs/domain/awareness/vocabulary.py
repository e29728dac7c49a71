"""Ways and languages of announcements, read once per process; every word carries its name in the active language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings

from ketenwijs.domain.awareness.definitions import AnnouncementsFile, Way, Word

Choices = list[tuple[str, str]]


def ways() -> dict[str, Way]:
    """Ways of making the route known by code."""
    return {one.code: one for one in _words().ways}


def languages() -> dict[str, Word]:
    """Languages of announcements by code."""
    return {one.code: one for one in _words().languages}


def choices(words: Iterable[Word]) -> Choices:
    """Codes and names for a form."""
    return [(one.code, str(one.name)) for one in words]


def way_name(code: str) -> str:
    """The name of a way; the code itself where the list no longer holds it."""
    found = ways().get(code)
    return str(found.name) if found else code


def language_names(codes: Iterable[str]) -> str:
    """Names of languages in the order of the list, with commas."""
    wanted, known = list(codes), languages()
    named = [str(word.name) for code, word in known.items() if code in wanted]
    return ", ".join([*named, *(code for code in wanted if code not in known)])


@lru_cache(maxsize=1)
def _words() -> AnnouncementsFile:
    text = (Path(settings.CONTENT_DIR) / "reference" / "announcements.yaml").read_text("utf-8")
    return AnnouncementsFile.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))  # noqa: S506 - a safe loader
