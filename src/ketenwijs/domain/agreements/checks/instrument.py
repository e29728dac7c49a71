"""Checks of a framework's instrument: weights that add up, pass marks in order, requirements that exist once, advice
that can be reached.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ketenwijs.domain.agreements.checks.agreement import unknown
from ketenwijs.domain.agreements.definitions import AgreementFile
from ketenwijs.domain.agreements.frameworks import FrameworkFile, Requirement
from ketenwijs.domain.agreements.instruments import (
    INDICATOR_TREE,
    REQUIREMENT_LIST,
    SELF_ASSESSMENT,
    WEIGHTED_SCORE,
    IndicatorTree,
    SelfAssessment,
    WeightedScore,
    requirements_named,
)
from ketenwijs.foundation.content.checking import duplicates
from ketenwijs.foundation.content.kinds import Problem

KINDS = {
    REQUIREMENT_LIST: ("grade", "level"),
    WEIGHTED_SCORE: ("score",),
    INDICATOR_TREE: ("indicators",),
    SELF_ASSESSMENT: ("none",),
}
WORDS = {"scale": ("collective", "n/a"), "yes_no": ("yes", "no", "n/a")}
BLOCK = ("instrument",)


def check_instrument(content: FrameworkFile, agreement: AgreementFile | None) -> Iterator[Problem]:
    """All checks of the instrument block and of the parts that are handed in."""
    codes = {one.code for one in content.requirements}
    for place, code in requirements_named(content.instrument):
        yield from unknown((*BLOCK, *place), "requirement", code, codes)
    if isinstance(content.instrument, WeightedScore):
        yield from _weighted(content, content.instrument)
    elif isinstance(content.instrument, IndicatorTree):
        yield from _tree(content, content.instrument, agreement)
    elif isinstance(content.instrument, SelfAssessment):
        yield from _advice(content, content.instrument)
    if agreement is not None:
        yield from _scheme(content, agreement)
    yield from _parts(content)


def _scheme(content: FrameworkFile, agreement: AgreementFile) -> Iterator[Problem]:
    scheme = next((one for one in agreement.schemes if one.code == content.scheme), None)
    family = content.instrument.family
    if scheme is not None and scheme.kind not in KINDS[family]:
        wanted = " or ".join(KINDS[family])
        yield ("scheme",), "scheme_kind", f"an instrument of family {family} needs a scheme of kind {wanted}"


def _parts(content: FrameworkFile) -> Iterator[Problem]:
    """Which parts exist is known by the program; here only what cannot work."""
    if content.parts and "answers" not in content.parts:
        yield ("parts",), "parts", "the part answers is always handed in"
    for place, code in duplicates(list(content.parts)):
        yield ("parts", place), "duplicate_code", f"the code {code} stands twice"
    for place, one in enumerate(content.requirements):
        part = one.fact.split(".")[0]
        if content.parts and part and part not in content.parts:
            yield ("requirements", place, "fact"), "fact", f"the part {part} is not handed in"


def _weighted(content: FrameworkFile, block: WeightedScore) -> Iterator[Problem]:
    steps = {one.code for one in content.steps}
    for place, weight in enumerate(block.weights):
        yield from unknown((*BLOCK, "weights", place, "step"), "step", weight.step, steps)
    for place, code in duplicates([one.step for one in block.weights]):
        yield (*BLOCK, "weights", place, "step"), "duplicate_code", f"the step {code} stands twice"
    total = sum(Decimal(str(one.percent)) for one in block.weights)
    if total != 100:
        yield (*BLOCK, "weights"), "weights", f"the weights add up to {total}, not to 100"
    weighed = {one.step for one in block.weights}
    for place, requirement in enumerate(content.requirements):
        if requirement.step in steps - weighed:
            path = ("requirements", place, "substep")
            yield path, "weights", f"step {requirement.step} has no weight, so this requirement would not count"
    if block.most_points is None and max((one.value for one in content.rubric), default=0) < 1:
        yield (*BLOCK,), "points", "write most_points, or a rubric with a value above 0"
    yield from _marks(block)


def _marks(block: WeightedScore) -> Iterator[Problem]:
    if bool(block.pass_marks) == (block.target is not None):
        yield (*BLOCK,), "pass_mark", "write either pass_marks or one target"
    for place, (before, one) in enumerate(zip(block.pass_marks, block.pass_marks[1:], strict=False), start=1):
        if one.from_year <= before.from_year:
            yield (*BLOCK, "pass_marks", place, "from_year"), "pass_mark", "the years must rise from mark to mark"
        if one.percent < before.percent:
            yield (*BLOCK, "pass_marks", place, "percent"), "pass_mark", "a later mark may not be lower"


def _tree(content: FrameworkFile, block: IndicatorTree, agreement: AgreementFile | None) -> Iterator[Problem]:
    for place, code in duplicates([one.code for one in block.mains]):
        yield (*BLOCK, "mains", place, "code"), "duplicate_code", f"the code {code} stands twice"
    yield from _mains(content, block)
    if block.measures_size != (block.size is not None):
        yield (
            (*BLOCK,),
            "measure",
            "measuring by size needs a size figure, and a size figure is there to be measured by",
        )
    if agreement is not None:
        groups, years = {one.code for one in agreement.groups}, {one.code for one in agreement.years}
        for place, rule in enumerate(block.evidence):
            yield from unknown((*BLOCK, "evidence", place, "group"), "group", rule.group, groups)
        for place, day in enumerate(block.reference_dates):
            yield from unknown((*BLOCK, "reference_dates", place, "year"), "year", day.year, years)


def _mains(content: FrameworkFile, block: IndicatorTree) -> Iterator[Problem]:
    """Every requirement stands in exactly one main indicator, and a goal is about something that is measured."""
    seen: set[str] = set()
    for place, main in enumerate(block.mains):
        if not main.parts:
            yield (*BLOCK, "mains", place, "parts"), "no_parts", "a main indicator needs at least one part"
        for number, code in enumerate(main.parts):
            if code in seen:
                yield (
                    (*BLOCK, "mains", place, "parts", number),
                    "two_mains",
                    f"{code} stands in a main indicator already",
                )
            seen.add(code)
        if main.goal is not None and main.goal.of not in block.measures:
            yield (*BLOCK, "mains", place, "goal", "of"), "measure", "this goal is about something that is not measured"
    for place, one in enumerate(content.requirements):
        if one.code not in seen:
            yield ("requirements", place, "code"), "no_main", f"{one.code} belongs to no main indicator"


def _advice(content: FrameworkFile, block: SelfAssessment) -> Iterator[Problem]:
    scale = {one.value for one in content.rubric}
    for place, advice in enumerate(block.advice):
        requirement = content.requirement(advice.requirement)
        if not advice.answers:
            yield (*BLOCK, "advice", place, "answers"), "answers", "say which answers this advice belongs to"
        for number, answer in enumerate(advice.answers if requirement is not None else ()):
            if requirement is not None and answer not in _possible(requirement, scale):
                path = (*BLOCK, "advice", place, "answers", number)
                yield path, "answers", f"{answer!r} is no answer to {requirement.code}; write yes and no in quotes"


def _possible(requirement: Requirement, scale: set[int]) -> set[int | str]:
    values: set[int | str] = set(WORDS.get(requirement.answer, ()))
    return values | scale if requirement.answer == "scale" else values
