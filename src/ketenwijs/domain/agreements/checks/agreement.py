"""Checks of `agreement.yaml`: codes once, names that exist, periods that fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from ketenwijs.domain.agreements.definitions import AgreementFile, OutcomeScheme
from ketenwijs.domain.agreements.frameworks import FrameworkFile
from ketenwijs.domain.reference.definitions import ThemesFile
from ketenwijs.foundation.content.checking import duplicates
from ketenwijs.foundation.content.kinds import Loaded, Problem

# Words that are addresses of pages of our own, below which an agreement's slug would stand.
RESERVED = ("members", "people", "start", "unknown")
SLUG, LONGEST_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*"), 50
LISTS = (
    "terms",
    "groups",
    "sections",
    "themes",
    "schemes",
    "years",
    "exit_reasons",
    "tracks",
    "bodies",
    "participant_kinds",
    "projects",
    "documents",
)


def check_agreement(loaded: Loaded, every: list[Loaded]) -> Iterable[Problem]:
    """All checks of one agreement file."""
    content = loaded.content
    assert isinstance(content, AgreementFile)
    yield from _own_name(content, loaded.parsed.file)
    yield from _codes_once(content)
    yield from _terms(content, {one.content.identifier for one in every if isinstance(one.content, FrameworkFile)})
    yield from _periods("terms", [(one.starts_on, one.last_day) for one in content.terms])
    yield from _periods("years", [(one.starts_on, one.ends_on) for one in content.years])
    yield from _years(content)
    yield from _schemes(content)
    yield from _themes(
        content, {one.code for f in every if isinstance(f.content, ThemesFile) for one in f.content.themes}
    )
    yield from _parties(content)


def is_slug(text: str) -> bool:
    """Whether a word can stand in an address as an agreement's slug."""
    return len(text) <= LONGEST_SLUG and SLUG.fullmatch(text) is not None


def unknown(path: tuple[Any, ...], what: str, code: str, known: Iterable[str]) -> Iterator[Problem]:
    """A problem when a code is not among the known ones."""
    if code not in set(known):
        yield path, f"unknown_{what}", f"there is no {what.replace('_', ' ')} {code}"


def _own_name(content: AgreementFile, file: str) -> Iterator[Problem]:
    folder = file.split("/")[-2] if "/" in file else content.slug
    if content.slug != folder:
        yield ("slug",), "name", f"the slug must be the folder's name, {folder}"
    if not is_slug(content.slug) or content.slug in RESERVED:
        yield ("slug",), "name", "a slug has small letters, digits and hyphens, and is no word of the program itself"
    if content.identifier != f"agreement:{content.slug}":
        yield ("identifier",), "name", f"the identifier must be agreement:{content.slug}"


def _codes_once(content: AgreementFile) -> Iterator[Problem]:
    for name in LISTS:
        for place, code in duplicates([one.code for one in getattr(content, name)]):
            yield (name, place, "code"), "duplicate_code", f"the code {code} stands twice"
    for place, scheme in enumerate(content.schemes):
        for number, code in duplicates([one.code for one in scheme.outcomes]):
            yield (
                ("schemes", place, "outcomes", number, "code"),
                "duplicate_code",
                f"the code {code} stands twice",
            )


def _terms(content: AgreementFile, frameworks: set[str]) -> Iterator[Problem]:
    schemes, groups = {one.code for one in content.schemes}, {one.code for one in content.groups}
    judged = {year.term for year in content.years if year.held}
    for place, term in enumerate(content.terms):
        if term.scheme or term.code in judged:
            yield from unknown(("terms", place, "scheme"), "scheme", term.scheme, schemes)
        if term.framework or term.code in judged:
            name = term.framework
            full = name if name.startswith("framework:") else f"framework:{content.slug}:{name}"
            yield from unknown(("terms", place, "framework"), "framework", full, frameworks)
        if term.last_day < term.starts_on:
            yield ("terms", place, "ends_on"), "period", "the last day lies before the first one"
        if term.alternation and term.alternation.next_is.value not in ("plan_only", "full"):
            yield ("terms", place, "alternation", "next_is", "value"), "shape", "write plan_only or full"
        for number, fee in enumerate(term.fees):
            for code in fee.groups:
                yield from unknown(("terms", place, "fees", number, "groups"), "group", code, groups)


def _periods(name: str, periods: Sequence[tuple[date, date]]) -> Iterator[Problem]:
    """Periods follow one another and never cover the same day."""
    for place, (first, last) in enumerate(periods):
        if last < first:
            yield (name, place, "ends_on"), "period", "the last day lies before the first one"
        for earlier, (other_first, other_last) in enumerate(periods[:place]):
            if first <= other_last and other_first <= last:
                yield (
                    (name, place, "starts_on"),
                    "overlap",
                    f"this period overlaps number {earlier + 1} of the list",
                )


def _years(content: AgreementFile) -> Iterator[Problem]:
    terms = {one.code: one for one in content.terms}
    for place, year in enumerate(content.years):
        yield from unknown(("years", place, "term"), "term", year.term, terms)
        term = terms.get(year.term)
        if term is not None and (year.ends_on < term.starts_on or year.starts_on > term.last_day):
            yield (
                ("years", place, "starts_on"),
                "outside_term",
                f"no day of this year falls in term {year.term}",
            )
        if not year.held and year.reason is None:
            yield ("years", place, "reason"), "reason", "a year without a round says why, in every language"
        if year.held and (year.opens_on is None or year.due_on is None):
            yield ("years", place), "calendar", "a year with a round has the days opens_on and due_on"
        if year.opens_on and year.due_on and year.due_on < year.opens_on:
            yield ("years", place, "due_on"), "period", "the round is due before it opens"


def _schemes(content: AgreementFile) -> Iterator[Problem]:
    codes = {one.code for one in content.schemes}
    for place, scheme in enumerate(content.schemes):
        outcomes = {one.code for one in scheme.outcomes}
        for name in ("best", "under_way"):
            value = getattr(scheme, name)
            if value:
                yield from unknown(("schemes", place, name), "outcome", value, outcomes)
        if scheme.kind == "level" and any(one.number is None for one in scheme.outcomes):
            yield ("schemes", place, "outcomes"), "number", "every level needs its number"
        yield from _values(place, scheme)
    for place, start in enumerate(content.start_values):
        yield from unknown(("start_values", place, "from_scheme"), "scheme", start.from_scheme, codes)
        yield from unknown(("start_values", place, "to_scheme"), "scheme", start.to_scheme, codes)


def _values(place: int, scheme: OutcomeScheme) -> Iterator[Problem]:
    """A score and indicators are enough or not yet; where nobody is judged there is nothing to choose or publish."""
    path = ("schemes", place)
    if scheme.kind == "none":
        if scheme.outcomes:
            yield (*path, "outcomes"), "outcomes", "a scheme of kind none has no outcomes"
        if scheme.published != "aggregate":
            yield (*path, "published"), "published", "a scheme of kind none is published as aggregate only"
    elif not scheme.outcomes:
        yield (*path, "outcomes"), "outcomes", "write the outcomes that may be decided"
    if scheme.kind in ("score", "indicators"):
        for name in ("best", "under_way"):
            if not getattr(scheme, name):
                yield (*path, name), "outcomes", f"a scheme of kind {scheme.kind} says which outcome is {name}"


def _themes(content: AgreementFile, known: set[str]) -> Iterator[Problem]:
    terms = {one.code for one in content.terms}
    for place, theme in enumerate(content.themes):
        yield from unknown(("themes", place, "from_term"), "term", theme.from_term, terms)
        yield from unknown(("themes", place, "code"), "theme", theme.code, known)


def _parties(content: AgreementFile) -> Iterator[Problem]:
    sections, terms = {one.code for one in content.sections}, {one.code for one in content.terms}
    for place, party in enumerate(content.parties):
        yield from unknown(("parties", place, "section"), "section", party.section, sections)
        for term in party.terms:
            yield from unknown(("parties", place, "terms"), "term", term, terms)
