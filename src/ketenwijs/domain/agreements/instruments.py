"""The four instrument families as content describes them: what is counted, against what, and who needs which proof."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import Field, StrictInt, StrictStr

from ketenwijs.domain.agreements.definitions import Shape
from ketenwijs.foundation.content.texts import Texts

REQUIREMENT_LIST = "requirement_list"
WEIGHTED_SCORE = "weighted_score"
INDICATOR_TREE = "indicator_tree"
SELF_ASSESSMENT = "self_assessment"
FAMILY_NAMES: dict[str, Promise] = {
    REQUIREMENT_LIST: _("requirements with a reasoned judgement"),
    WEIGHTED_SCORE: _("weighted score with a rising pass mark"),
    INDICATOR_TREE: _("indicators at a reference date"),
    SELF_ASSESSMENT: _("self-assessment with advice"),
}
PARTICIPANTS, SIZE = "participants", "size"


class RequirementList(Shape):
    """Requirements judged one by one; a grade or a level follows from all of them together."""

    family: Literal["requirement_list"] = "requirement_list"


class StepWeight(Shape):
    """What a step weighs in the score, in per cent. `example`: the source does not give this weight."""

    step: str
    percent: float = Field(gt=0, le=100)
    example: bool = False


class PassMark(Shape):
    """The score that is enough from a membership year on, in per cent."""

    from_year: int = Field(ge=1)
    percent: float = Field(gt=0, le=100)
    example: bool = False


class MostPoints(Shape):
    """A requirement for which another highest number of points can be had than for the others."""

    requirement: str
    points: int = Field(gt=0, le=100)


class WeightedScore(Shape):
    """Points per requirement, weighed by step, against a pass mark that rises with the years or one fixed target.

    `most_points` is the highest number of points of a requirement; left out, the highest value of the rubric.
    """

    family: Literal["weighted_score"]
    weights: tuple[StepWeight, ...]
    most_points: int | None = Field(default=None, gt=0, le=100)
    exceptions: tuple[MostPoints, ...] = ()
    pass_marks: tuple[PassMark, ...] = ()
    target: float | None = Field(default=None, gt=0, le=100)
    example: bool
    source: str

    def most_of(self, requirement: str, highest_value: int) -> int:
        """The highest number of points of a requirement; `highest_value` is that of the rubric."""
        own = next((one.points for one in self.exceptions if one.requirement == requirement), None)
        return own or self.most_points or highest_value

    def pass_mark(self, year: int) -> float:
        """The score in per cent that is enough in a membership year; before the first mark the first one."""
        if self.target is not None:
            return self.target
        begun = [one for one in self.pass_marks if one.from_year <= year]
        return (begun[-1] if begun else self.pass_marks[0]).percent


class IndicatorGoal(Shape):
    """What share the agreement wants by when, in per cent of participants or of the size figure."""

    percent: float = Field(gt=0, le=100)
    by: date
    of: Literal["participants", "size"] = "participants"
    source: str


class MainIndicator(Shape):
    """A main indicator: counts for a participant only when every part that applies is met."""

    code: str
    name: Texts
    parts: tuple[str, ...]
    goal: IndicatorGoal | None = None


class SizeFigure(Shape):
    """What a participant's size is measured in beside its number: invested capital, turnover …"""

    code: str
    name: Texts
    unit: str
    note: Texts | None = None


class ReferenceDate(Shape):
    """The day the situation of a report year is measured on, where it is not the last day of that year."""

    year: str
    on: date
    source: str


class EvidenceRule(Shape):
    """Whether a group must prove what it answers, or its own statement is enough."""

    group: str
    proof: Literal["needed", "self_declaration"]
    source: str


class IndicatorTree(Shape):
    """Main and sub-indicators at a reference date, counted over participants and over a size figure."""

    family: Literal["indicator_tree"]
    mains: tuple[MainIndicator, ...]
    measures: tuple[Literal["participants", "size"], ...] = ("participants",)
    size: SizeFigure | None = None
    reference_dates: tuple[ReferenceDate, ...] = ()
    evidence: tuple[EvidenceRule, ...] = ()
    example: bool
    source: str

    @property
    def measures_size(self) -> bool:
        """Whether every participant gives a size figure."""
        return SIZE in self.measures

    def reference_date(self, year: str, last_day: date) -> date:
        """The day a report year is measured on."""
        return next((one.on for one in self.reference_dates if one.year == year), last_day)

    def needs_proof(self, group: str) -> bool:
        """Whether a group must prove its answers; a group without a rule must."""
        return not any(one.group == group and one.proof == "self_declaration" for one in self.evidence)


class Advice(Shape):
    """What is told at once to whoever gives one of these answers."""

    requirement: str
    answers: tuple[StrictInt | StrictStr, ...]
    text: Texts


class Aggregation(Shape):
    """How answers are added up: by group or by section of the membership, each from a smallest number on."""

    by: Literal["group", "section"] = "group"
    minimum: int = Field(ge=3)
    example: bool = False


class SelfAssessment(Shape):
    """Answers with advice at once; only their totals are used, and nobody is judged."""

    family: Literal["self_assessment"]
    advice: tuple[Advice, ...]
    aggregate: Aggregation
    example: bool
    source: str

    def advice_for(self, requirement: str, value: object) -> list[Texts]:
        """The advice that belongs to an answer, in the order of the content; none for an open question."""
        if value is None or isinstance(value, bool):
            return []
        return [one.text for one in self.advice if one.requirement == requirement and value in one.answers]


Instrument = Annotated[
    RequirementList | WeightedScore | IndicatorTree | SelfAssessment,
    Field(discriminator="family"),
]
"""The instrument block of a framework, told apart by `family`."""


def requirements_named(instrument: Instrument) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every requirement an instrument names, with the place inside the block."""
    if isinstance(instrument, WeightedScore):
        for place, one in enumerate(instrument.exceptions):
            yield ("exceptions", place, "requirement"), one.requirement
    elif isinstance(instrument, IndicatorTree):
        for place, main in enumerate(instrument.mains):
            for number, code in enumerate(main.parts):
                yield ("mains", place, "parts", number), code
    elif isinstance(instrument, SelfAssessment):
        for place, advice in enumerate(instrument.advice):
            yield ("advice", place, "requirement"), advice.requirement
