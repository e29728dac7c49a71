"""An invented kind of content for the tests: recipes with steps that follow one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from ketenwijs.foundation.content.checking import CheckResult, check_texts, duplicates
from ketenwijs.foundation.content.conditions import Condition
from ketenwijs.foundation.content.kinds import ContentKind, Loaded, Problem
from ketenwijs.foundation.content.texts import Texts


class Shape(BaseModel):
    """Unknown names are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class RecipeStep(Shape):
    """One step; `after` names the steps that come first."""

    code: str
    text: Texts
    minutes: int
    after: tuple[str, ...] = ()
    when: Condition | None = None


class RecipeFile(Shape):
    """A recipe."""

    identifier: str
    version: str
    name: Texts
    steps: tuple[RecipeStep, ...]


class ToolsFile(Shape):
    """A list that is read where it lies."""

    tools: dict[str, Texts]


def check_recipe(loaded: Loaded, _every: list[Loaded]) -> Iterable[Problem]:
    """Codes once, steps that exist, no circle."""
    content: Any = loaded.content
    for place, code in duplicates([one.code for one in content.steps]):
        yield ("steps", place, "code"), "duplicate_code", f"the code {code} stands twice"
    yield from _unknown(content)
    yield from _circles(content)


def _unknown(content: Any) -> Iterator[Problem]:
    known = {one.code for one in content.steps}
    for place, one in enumerate(content.steps):
        for number, code in enumerate(one.after):
            if code not in known:
                yield ("steps", place, "after", number), "unknown_step", f"there is no step {code}"


def _circles(content: Any) -> Iterator[Problem]:
    before = {one.code: one.after for one in content.steps}
    for place, one in enumerate(content.steps):
        seen, waiting = set(), list(one.after)
        while waiting:
            code = waiting.pop()
            if code not in seen:
                seen.add(code)
                waiting += before.get(code, ())
        if one.code in seen:
            yield ("steps", place, "after"), "circle", f"step {one.code} would have to come before itself"


KINDS = (
    ContentKind("recipe", "recipes/*.yaml", RecipeFile, check_recipe),
    ContentKind("tools", "tools.yaml", ToolsFile, is_edition=False),
)


def words(text: str) -> dict[str, str]:
    """The same text in three languages."""
    return {language: f"{text} {language}" for language in ("nl", "fr", "en")}


def recipe(**changes: Any) -> dict[str, Any]:
    """A right recipe with two steps; `changes` replace whole parts."""
    steps = [
        {"code": "mix", "text": words("mix"), "minutes": 5},
        {"code": "bake", "text": words("bake"), "minutes": 40, "after": ["mix"]},
    ]
    return {"identifier": "recipe:bread", "version": "1", "name": words("bread"), "steps": steps, **changes}


def as_text(content: Any) -> str:
    """Content as the text of a file."""
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)


def checked(*recipes: dict[str, Any]) -> CheckResult:
    """Recipes checked together, each as a file of its own."""
    return check_texts({f"recipes/{number}.yaml": as_text(one) for number, one in enumerate(recipes)})
