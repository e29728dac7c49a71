"""The catalogue of rights; every app registers its own, an unknown name fails when a role is loaded."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Right:
    """One thing a role may allow. `name` reads app.verb; `label` is shown where roles are explained."""

    name: str
    label: str | Promise


_rights: dict[str, Right] = {}


def register_rights(*rights: Right) -> None:
    """Add rights; a name taken twice stops the start."""
    for right in rights:
        if right.name in _rights:
            raise ValueError(f"right {right.name} is registered twice")
        _rights[right.name] = right


def is_right(name: str) -> bool:
    """Whether an app registered this right."""
    return name in _rights


def all_rights() -> list[Right]:
    """The whole catalogue by name."""
    return [_rights[name] for name in sorted(_rights)]
