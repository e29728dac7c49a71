"""What a new version of a file would change, in lines a person can read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from ketenwijs.foundation.content.parsing import Path, spelled

LONGEST = 90


def differences(old: Any, new: Any, path: Path = ()) -> Iterator[str]:
    """`+ path: value`, `- path: value` and `~ path: old -> new`. List items with a code or identifier are paired by it."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted({*old, *new}, key=str):
            yield from _one(old.get(key, _ABSENT), new.get(key, _ABSENT), (*path, key))
    elif isinstance(old, list) and isinstance(new, list):
        olds, news = _by_name(old), _by_name(new)
        for key in [*olds, *(name for name in news if name not in olds)]:
            yield from _one(olds.get(key, _ABSENT), news.get(key, _ABSENT), (*path, key))
    elif old != new:
        yield f"~ {spelled(path)}: {_short(old)} -> {_short(new)}"


_ABSENT = object()


def _one(old: Any, new: Any, path: Path) -> Iterator[str]:
    if old is _ABSENT:
        yield f"+ {spelled(path)}: {_short(new)}"
    elif new is _ABSENT:
        yield f"- {spelled(path)}: {_short(old)}"
    else:
        yield from differences(old, new, path)


def _by_name(items: list[Any]) -> dict[str | int, Any]:
    named: dict[str | int, Any] = {}
    for number, item in enumerate(items):
        name = item.get("identifier") or item.get("code") if isinstance(item, dict) else None
        named[name or number] = item
    return named


def _short(value: Any) -> str:
    # As the file writes it, so that its author recognises it.
    text = (
        str(value)
        if isinstance(value, str)
        else yaml.safe_dump(
            value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10_000
        ).removesuffix("...\n")
    )
    text = text.replace("\n", " ").strip()
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
