"""The open lists of governance, read once per process; every word carries its name in the active language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings

from ketenwijs.domain.governance.definitions import (
    DecisionKind,
    GovernanceFile,
    SeatRole,
    SubsidyState,
    Word,
)

Choices = list[tuple[str, str]]


def body_kinds() -> dict[str, Word]:
    """Kinds of body by code."""
    return {one.code: one for one in _words().body_kinds}


def seat_roles() -> dict[str, SeatRole]:
    """What somebody can be in a body, by code."""
    return {one.code: one for one in _words().seat_roles}


def decision_kinds() -> dict[str, DecisionKind]:
    """Kinds of decision by code."""
    return {one.code: one for one in _words().decision_kinds}


def contribution_scale() -> dict[str, Word]:
    """How much a commitment contributes to a goal, most first; unknown is a value."""
    return {one.code: one for one in _words().contribution_scale}


def check_kinds() -> dict[str, Word]:
    """Kinds of outside check by code."""
    return {one.code: one for one in _words().check_kinds}


def subsidy_states() -> dict[str, SubsidyState]:
    """How far a subsidy can be, in order."""
    return {one.code: one for one in _words().subsidy_states}


def choices(words: Iterable[Word]) -> Choices:
    """Codes and names for a form."""
    return [(one.code, str(one.name)) for one in words]


def named(words: dict[str, Word] | dict[str, DecisionKind] | dict[str, SeatRole], code: str) -> str:
    """The name of a code; the code itself where the list no longer holds it."""
    found = words.get(code)
    return str(found.name) if found else code


@lru_cache(maxsize=1)
def _words() -> GovernanceFile:
    text = (Path(settings.CONTENT_DIR) / "reference" / "governance.yaml").read_text("utf-8")
    return GovernanceFile.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))  # noqa: S506 - a safe loader
