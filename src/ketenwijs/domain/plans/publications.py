"""The public copy of a plan: only fields written for the public, never a confidential one."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict


class PublicMeasure(BaseModel):
    """One measure as the public reads it."""

    model_config = ConfigDict(extra="forbid")

    text: str
    due_on: date | None
    progress: str


class PublicGoal(BaseModel):
    """One goal as the public reads it. `theme` and `country` are codes, shown in the reader's language."""

    model_config = ConfigDict(extra="forbid")

    theme: str
    country: str
    title: str
    text: str
    indicator: str
    baseline: str
    target: str
    due_on: date | None
    measures: list[PublicMeasure]


class PublicPlan(BaseModel):
    """One plan as it stands on the public site."""

    model_config = ConfigDict(extra="forbid")

    firm: str
    firm_reference: str
    agreement: str
    year: str
    introduction: str
    policy: str
    goals: list[PublicGoal]
    goals_not_public: int
    is_example: bool
