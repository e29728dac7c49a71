"""Where complaints of an agreement come in, as far as this installation knows: only an address, never a case."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings


def complaints_door(agreement: str) -> str:
    """The address of the complaints program (setting `COMPLAINTS_ADDRESS`) when it takes this agreement's complaints.

    `agreement`: its slug. Empty without an address, and for agreements whose complaints come in elsewhere.
    """
    return settings.COMPLAINTS_LINK if agreement in _received_here(Path(settings.CONTENT_DIR)) else ""


@lru_cache(maxsize=4)
def _received_here(root: Path) -> frozenset[str]:
    """`agreements` of `complaints/mechanism.yaml`; the file belongs to the other program, so no more of it is read."""
    path = root / "complaints" / "mechanism.yaml"
    if not path.exists():
        return frozenset()
    found = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader) or {}  # noqa: S506 - a safe loader
    return frozenset(str(one) for one in found.get("agreements", ()))
