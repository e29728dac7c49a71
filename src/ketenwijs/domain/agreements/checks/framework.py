"""Checks of `framework-*.yaml`: permanent codes, steps that exist, answers that can be judged, links to the
edition before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ketenwijs.domain.agreements.checks.agreement import unknown
from ketenwijs.domain.agreements.checks.instrument import check_instrument
from ketenwijs.domain.agreements.definitions import AgreementFile
from ketenwijs.domain.agreements.frameworks import FrameworkFile, Requirement
from ketenwijs.foundation.content.checking import duplicates
from ketenwijs.foundation.content.kinds import Loaded, Problem


def check_framework(loaded: Loaded, every: list[Loaded]) -> Iterable[Problem]:
    """All checks of one framework file."""
    content = loaded.content
    assert isinstance(content, FrameworkFile)
    agreements = {f.content.slug: f.content for f in every if isinstance(f.content, AgreementFile)}
    yield from _place(content, agreements)
    yield from check_instrument(content, agreements.get(content.agreement))
    for place, code in duplicates([one.code for one in content.requirements]):
        yield ("requirements", place, "code"), "duplicate_code", f"the code {code} stands twice"
    substeps = {sub.code for step in content.steps for sub in step.substeps}
    scale = {level.value for level in content.rubric}
    for place, requirement in enumerate(content.requirements):
        yield from unknown(("requirements", place, "substep"), "substep", requirement.substep, substeps)
        yield from _answer(place, requirement, scale)
    frameworks = {f.content.identifier: f.content for f in every if isinstance(f.content, FrameworkFile)}
    yield from _continuity(content, frameworks)


def _place(content: FrameworkFile, agreements: dict[str, AgreementFile]) -> Iterator[Problem]:
    yield from unknown(("agreement",), "agreement", content.agreement, agreements)
    agreement = agreements.get(content.agreement)
    if agreement is not None:
        yield from unknown(("term",), "term", content.term, [one.code for one in agreement.terms])
        yield from unknown(("scheme",), "scheme", content.scheme, [one.code for one in agreement.schemes])
    if not content.identifier.startswith(f"framework:{content.agreement}:"):
        yield ("identifier",), "name", f"the identifier must start with framework:{content.agreement}:"


def _answer(place: int, requirement: Requirement, scale: set[int]) -> Iterator[Problem]:
    if requirement.answer == "fact" and not requirement.fact:
        yield ("requirements", place, "fact"), "fact", "an answer of kind fact names the fact it shows"
    if requirement.answer != "fact" and requirement.fact:
        yield ("requirements", place, "fact"), "fact", "only an answer of kind fact names one"
    if requirement.answer == "scale" and requirement.minimum is not None and requirement.minimum not in scale:
        yield ("requirements", place, "minimum"), "minimum", "this value is not on the answer scale"
    if requirement.asked_from < 1:
        yield ("requirements", place, "asked_from"), "number", "years and levels start at 1"


def _continuity(content: FrameworkFile, frameworks: dict[str, FrameworkFile]) -> Iterator[Problem]:
    """`same_as` and `dropped` name requirements of the framework that this one replaces; all of it is
    accounted for.
    """
    if not content.replaces:
        return
    yield from unknown(("replaces",), "framework", content.replaces, frameworks)
    earlier = frameworks.get(content.replaces)
    if earlier is None:
        return
    if content.identifier in _replaced(earlier, frameworks):
        yield ("replaces",), "circle", f"{content.replaces} replaces this framework in its turn"
    codes = {one.code for one in earlier.requirements}
    for place, one in enumerate(content.requirements):
        if one.same_as is not None:
            path = ("requirements", place, "same_as", "requirement")
            yield from unknown(path, "requirement", one.same_as.requirement, codes)
    for place, code in enumerate(content.dropped):
        yield from unknown(("dropped", place), "requirement", code, codes)
    kept = {one.code for one in content.requirements}
    kept |= {one.same_as.requirement for one in content.requirements if one.same_as is not None}
    for code in sorted(codes - kept - set(content.dropped)):
        yield (
            ("requirements",),
            "lost",
            f"requirement {code} of {content.replaces} is neither continued nor dropped",
        )


def _replaced(content: FrameworkFile, frameworks: dict[str, FrameworkFile]) -> set[str]:
    """The framework itself and all that it replaces, one after the other."""
    seen: set[str] = set()
    following: FrameworkFile | None = content
    while following is not None and following.identifier not in seen:
        seen.add(following.identifier)
        following = frameworks.get(following.replaces)
    return seen
