"""Shape of `reference/governance.yaml`: kinds of body, seat, decision and check, and the scale of contributions."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from ketenwijs.foundation.content.texts import Texts


class Shape(BaseModel):
    """Unknown names are refused, values never change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Word(Shape):
    """A code and its name."""

    code: str
    name: Texts


class SeatRole(Word):
    """What somebody is in a body; whoever is `independent` sits there for no section."""

    independent: bool = False


class DecisionKind(Word):
    """A kind of decision; `asks` names what its form asks for besides, because something follows from it."""

    asks: Literal["", "extension", "accession", "exit"] = ""


class SubsidyState(Word):
    """How far a subsidy is; `tone` is how its badge looks."""

    tone: Literal["neutral", "busy", "good", "warning", "bad"] = "neutral"


class GovernanceFile(Shape):
    """`reference/governance.yaml`"""

    identifier: str
    body_kinds: tuple[Word, ...]
    seat_roles: tuple[SeatRole, ...]
    decision_kinds: tuple[DecisionKind, ...]
    contribution_scale: tuple[Word, ...]
    check_kinds: tuple[Word, ...]
    subsidy_states: tuple[SubsidyState, ...]
