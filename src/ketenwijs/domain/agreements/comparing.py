"""Two editions of a framework beside each other: what stays, asks more, is split, is new or is dropped. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ketenwijs.domain.agreements.definitions import AgreementFile, StartValue
from ketenwijs.domain.agreements.frameworks import FrameworkFile, Requirement, continued_from

SAME, STRICTER, SPLIT, NEW, DROPPED = "same", "stricter", "split", "new", "dropped"
KINDS = (SAME, STRICTER, SPLIT, NEW, DROPPED)
MOVED, OTHER_MINIMUM, OTHER_TEXT, OTHER_ANSWER = "moved", "other_minimum", "other_text", "other_answer"
DETAILS = (MOVED, OTHER_MINIMUM, OTHER_TEXT, OTHER_ANSWER)


@dataclass(frozen=True)
class Change:
    """One requirement of either edition with its counterpart; a new one has no `before`, a dropped one no `after`.

    `details` say what differs beside the kind: the year or level it is asked from, its minimum, its words, the kind of
    answer.
    """

    kind: str
    before: Requirement | None
    after: Requirement | None
    details: tuple[str, ...] = ()

    @property
    def requirement(self) -> Requirement:
        """The requirement as it stands now, or stood when it was dropped."""
        found = self.after or self.before
        assert found is not None, "a change has one side at least"
        return found

    @property
    def asks_more(self) -> bool:
        """Whether an answer that was enough before need not be enough now."""
        return self.kind in (STRICTER, SPLIT) or _is_raised(self.before, self.after)


@dataclass(frozen=True)
class Comparison:
    """All changes in the order of the later edition, dropped requirements last.

    `is_declared`: the later edition says itself what it continues; otherwise requirements are paired by their code.
    """

    before: FrameworkFile
    after: FrameworkFile
    changes: tuple[Change, ...]
    is_declared: bool

    @property
    def counts(self) -> dict[str, int]:
        """How many changes of each kind and with each detail; every name is there, also with 0."""
        found = dict.fromkeys((*KINDS, *DETAILS), 0)
        for one in self.changes:
            for name in (one.kind, *one.details):
                found[name] += 1
        return found

    def only(self, name: str) -> tuple[Change, ...]:
        """The changes of one kind or with one detail; all of them for an unknown name."""
        if name not in (*KINDS, *DETAILS):
            return self.changes
        return tuple(one for one in self.changes if name == one.kind or name in one.details)


def compare(before: FrameworkFile, after: FrameworkFile) -> Comparison:
    """Requirement by requirement. A requirement continues the one with its own code, else the one its `same_as` names."""
    earlier = {one.code: one for one in before.requirements}
    changes = [change_of(one, before, after) for one in after.requirements]
    continued = {one.before.code for one in changes if one.before is not None}
    dropped = [Change(DROPPED, one, None) for code, one in earlier.items() if code not in continued]
    declared = _is_linked(before, after) and any(one.same_as is not None for one in after.requirements)
    return Comparison(before, after, (*changes, *dropped), declared)


def change_of(requirement: Requirement, before: FrameworkFile, after: FrameworkFile) -> Change:
    """What became of one requirement of the later edition since the earlier one.

    Where the later edition does not replace the earlier one (two versions of one file), a raised minimum is stricter.
    """
    linked = _is_linked(before, after)
    earlier = {one.code: one for one in before.requirements}
    code = (
        continued_from(requirement, earlier) if linked else (requirement.code if requirement.code in earlier else None)
    )
    if code is None:
        return Change(NEW, None, requirement)
    old, said = earlier[code], requirement.same_as
    if linked and said is not None and said.requirement == code:
        kind = str(said.change)
    else:
        kind = STRICTER if _is_raised(old, requirement) else SAME
    return Change(kind, old, requirement, tuple(_details(old, requirement)))


def _is_linked(before: FrameworkFile, after: FrameworkFile) -> bool:
    """Whether the later edition's `same_as` speaks of the earlier one; never of another version of its own file."""
    return before.identifier != after.identifier and after.replaces in ("", before.identifier)


def _is_raised(before: Requirement | None, after: Requirement | None) -> bool:
    """Whether the same kind of answer must now be higher."""
    if before is None or after is None or (before.answer, before.fact) != (after.answer, after.fact):
        return False
    return (after.minimum or 0) > (before.minimum or 0)


def _details(before: Requirement, after: Requirement) -> Iterable[str]:
    if before.asked_from != after.asked_from:
        yield MOVED
    if before.minimum != after.minimum:
        yield OTHER_MINIMUM
    if (before.title, before.evidence, before.why) != (after.title, after.evidence, after.why):
        yield OTHER_TEXT
    if (before.answer, before.fact, before.when) != (after.answer, after.fact, after.when):
        yield OTHER_ANSWER


def start_value_between(definition: AgreementFile, before: FrameworkFile, after: FrameworkFile) -> StartValue | None:
    """The rule by which an outcome of the earlier scheme gives a start value in the later one; None without a rule."""
    wanted = (before.scheme, after.scheme)
    return next((one for one in definition.start_values if (one.from_scheme, one.to_scheme) == wanted), None)
