"""Shape of `kinds.yaml`: kinds of case with their own states, moves and clocks."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ketenwijs.complaints import content_files
from ketenwijs.foundation.content.texts import Texts
from ketenwijs.foundation.states.machine import Machine, Move, State

Shown = Literal["received", "checking", "handling", "talks", "decided", "following", "closed", "transferred"]


class Frozen(BaseModel):
    """Nothing unknown, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StateShape(Frozen):
    """One state: its names, the tone of its badge, and which of the few plain words the complainant reads.
    `measures`: something was ruled or agreed here, so measures are noted, and closing asks for their follow-up."""

    names: Texts
    shown_as: Shown
    tone: Literal["neutral", "busy", "good", "warning", "bad"] = "neutral"
    measures: bool = False


class MoveShape(Frozen):
    """One move: who may make it; `sealed`: only together with a sealed message in words."""

    names: Texts
    by: frozenset[str] = Field(min_length=1)
    sealed: bool = False


class PathShape(Frozen):
    """A move within one kind."""

    move: str
    sources: tuple[str, ...] = Field(alias="from", min_length=1)
    to: str


class KindShape(Frozen):
    """One kind of case. `days` per state and `whole_days` from receipt to one of the states in `decides`."""

    code: str
    names: Texts
    first: str
    whole_days: int = Field(ge=1)
    decides: frozenset[str]
    days: dict[str, int]
    paths: tuple[PathShape, ...]


class Kinds(Frozen):
    """The whole file."""

    version: str
    states: dict[str, StateShape]
    moves: dict[str, MoveShape]
    kinds: tuple[KindShape, ...]

    @model_validator(mode="after")
    def names_are_known(self) -> Kinds:
        """States and moves that a kind names exist, and every state can be reached."""
        for kind in self.kinds:
            used = {kind.first, *kind.days, *kind.decides}
            reached = {kind.first, *(path.to for path in kind.paths)}
            used |= reached | {source for path in kind.paths for source in path.sources}
            unknown = [*(used - set(self.states)), *({path.move for path in kind.paths} - set(self.moves))]
            if unknown:
                raise ValueError(f"{kind.code} names what is not there: {', '.join(sorted(unknown))}")
            if used - reached:
                raise ValueError(f"{kind.code} never reaches: {', '.join(sorted(used - reached))}")
        return self

    def kind(self, code: str) -> KindShape:
        """One kind; KeyError when content does not know it."""
        return next((kind for kind in self.kinds if kind.code == code), None) or _unknown(code)

    def machine(self, code: str) -> Machine:
        """The kind's table of states and moves."""
        kind = self.kind(code)
        codes = [kind.first, *dict.fromkeys(path.to for path in kind.paths)]
        states = [State(c, str(self.states[c].names), self.states[c].tone) for c in dict.fromkeys(codes)]
        moves = [
            Move(p.move, str(self.moves[p.move].names), p.sources, p.to, right=p.move, reason=self.moves[p.move].sealed)
            for p in kind.paths
        ]
        return Machine(states=states, moves=moves)


def _unknown(code: str) -> KindShape:
    raise KeyError(code)


@lru_cache(maxsize=1)
def kinds() -> Kinds:
    """All kinds of this installation, read once per process."""
    return content_files.read("kinds.yaml", Kinds)
