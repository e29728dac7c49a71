"""What a member hands in each year: apps register their part, so that the round can ask "is it complete?" of
all.

Main words: part, missing. A part knows when it applies, what is missing, how to freeze itself at hand-in and
how to take last year's work along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements import packages
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.ui.errors import DomainError


@dataclass(frozen=True)
class Missing:
    """One thing that must still be done before hand-in: a sentence that names it, and the page where to do
    it.
    """

    sentence: str | Promise
    url: str


@dataclass(frozen=True)
class Part:
    """One part of what a member hands in. All functions take the workspace and assume the viewer's fence is
    up.

    `applies`: does this year's duty ask for it. `missing`: what hand-in would refuse. `summary`: one line for
    the overview. `url`: the part's page. `freeze`: JSON-ready copy kept with the hand-in. `close` / `reopen`:
    make the part read-only after hand-in and writable again. `carry_over(workspace, previous_year_code,
    actor)`: take last year's work along. `facts`: what other parts' requirements may use, by dotted name
    ("chains.coverage.factories.share").
    """

    code: str
    label: str | Promise
    order: int
    applies: Callable[[Workspace], bool]
    missing: Callable[[Workspace], list[Missing]]
    summary: Callable[[Workspace], str | Promise]
    url: Callable[[Workspace], str]
    freeze: Callable[[Workspace], dict[str, Any]]
    close: Callable[[Workspace, Viewer], None] | None = None
    reopen: Callable[[Workspace, Viewer], None] | None = None
    carry_over: Callable[[Workspace, str, Viewer], None] | None = None
    facts: Callable[[Workspace], dict[str, Any]] | None = None


_parts: dict[str, Part] = {}


def register_part(part: Part) -> None:
    """Add a part; a code taken twice stops the start."""
    if part.code in _parts:
        raise ValueError(f"part {part.code} is registered twice")
    _parts[part.code] = part


def part(code: str) -> Part:
    """One part by code; KeyError when no app registered it."""
    return _parts[code]


def all_parts() -> list[Part]:
    """Every registered part in order."""
    return sorted(_parts.values(), key=lambda one: (one.order, one.code))


def parts_for(workspace: Workspace) -> list[Part]:
    """The parts this year's duty and the framework of its term ask of this member, in order; none when nothing is owed."""
    wanted = _parts_wanted(workspace)
    return [one for one in all_parts() if (not wanted or one.code in wanted) and one.applies(workspace)]


def works_with(workspace: Workspace, code: str) -> bool:
    """Whether the agreement works with a part at all, whatever is owed this year: a fund has no supply chains."""
    wanted = _parts_wanted(workspace)
    return not wanted or code in wanted


def any_works_with(slugs: Iterable[str], code: str) -> bool:
    """Whether one of these agreements works with a part in any of its terms; for menus. Reads only what is cached."""
    return any(_agreement_works_with(slug, code) for slug in slugs)


def _agreement_works_with(slug: str, code: str) -> bool:
    definition = packages.definition_or_none(slug)
    terms = [one for one in definition.terms if one.framework] if definition else []
    wanted = [packages.framework(definition, one.code).file.parts for one in terms] if definition else []
    return any(not parts or code in parts for parts in wanted)


def _parts_wanted(workspace: Workspace) -> tuple[str, ...]:
    """Codes that the framework names; empty: all parts, also where the term has no framework of its own."""
    term = workspace.definition.term(workspace.year.term_code)
    return packages.framework(workspace.definition, term.code).file.parts if term.framework else ()


def missing_of(workspace: Workspace) -> list[Missing]:
    """Everything that hand-in would refuse, part by part."""
    return [missing for one in parts_for(workspace) for missing in one.missing(workspace)]


def facts_of(workspace: Workspace) -> dict[str, Any]:
    """Facts of all parts by dotted name, worked out once per workspace object (one request)."""
    known = workspace.kept.get("facts")
    if known is None:
        known = {}
        for one in all_parts():
            if one.facts is not None:
                known.update(one.facts(workspace))
        workspace.kept["facts"] = known
    return known


Closed = Callable[[Workspace], bool]
_closed: list[Closed] = []


def register_closing(closed: Closed) -> None:
    """Tell, once, how a report that was handed in is recognised; the judgement knows."""
    if _closed:
        raise ValueError("who closes reports is registered twice")
    _closed.append(closed)


def is_closed(workspace: Workspace) -> bool:
    """Whether this year's report is handed in; looked up once per workspace object (one request)."""
    if "closed" not in workspace.kept:
        workspace.kept["closed"] = bool(_closed) and _closed[0](workspace)
    return bool(workspace.kept["closed"])


def ensure_open(workspace: Workspace) -> None:
    """Refuse a change of what was handed in: it would not count, and the firm would believe it does. Raises DomainError."""
    if is_closed(workspace):
        raise DomainError(
            _("The report of this year was handed in. Ask the secretariat to return it if something must change.")
        )


def frozen_of(workspace: Workspace) -> dict[str, Any]:
    """A copy of all parts that apply, by code, as kept with the hand-in."""
    return {one.code: one.freeze(workspace) for one in parts_for(workspace)}
