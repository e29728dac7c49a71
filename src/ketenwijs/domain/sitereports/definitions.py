"""Shape of `reference/site-reports.yaml`: how long each step of a report about a site may take."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """Unknown names are refused, values never change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Days(Shape):
    """A number of days; `example` where no source gives it, and pages say so."""

    value: int = Field(ge=1, le=3650)
    example: bool
    source: str = ""


class SiteReportsFile(Shape):
    """Days to acknowledge, to answer, for a firm to reply, and to keep the sender's name and address after the end."""

    identifier: str
    acknowledge_days: Days
    answer_days: Days
    reply_days: Days
    keep_sender_days: Days
