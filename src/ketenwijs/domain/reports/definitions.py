"""Shape of `report.yaml`: the ordered blocks of an agreement's annual report."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ketenwijs.foundation.content.texts import Texts


class Shape(BaseModel):
    """Base of all shapes: unknown names are refused, values never change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class IndicatorUse(Shape):
    """One indicator in a block, under the name it is printed with.

    `needs_round`: in a year without a round the reason is printed in words instead of a figure.
    """

    code: str
    name: Texts
    needs_round: bool = False


class Block(Shape):
    """One section. `text` describes the gap that people fill; an optional block is left out when it stays empty."""

    code: str
    heading: Texts
    indicators: tuple[IndicatorUse, ...] = ()
    text: Texts | None = None
    optional: bool = False


class ReportFile(Shape):
    """`agreements/<slug>/report.yaml`. The title has the gaps {number}, which follows from the period, and {period}.

    `languages` are those in which a text must be written before release; in others it appears in the first of them.
    """

    identifier: str
    version: str
    agreement: str
    title: Texts
    languages: tuple[Literal["nl", "fr", "en"], ...] = ("nl", "fr", "en")
    blocks: tuple[Block, ...] = Field(min_length=1)
