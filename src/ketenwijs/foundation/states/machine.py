"""A machine is a small table of states and moves."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

Label = str | Promise


@dataclass(frozen=True)
class State:
    """One state; `tone` is how its badge looks: neutral, busy, good, warning or bad."""

    code: str
    label: Label
    tone: str = "neutral"


@dataclass(frozen=True)
class Move:
    """One allowed step. `right` is what the actor must hold; `reason` means it must be given in words."""

    name: str
    label: Label
    sources: tuple[str, ...]
    target: str
    right: str
    reason: bool = False


class Machine:
    """States and moves of one kind of object; refuses contradictions when it is built."""

    def __init__(self, *, states: list[State], moves: list[Move]) -> None:
        self.states = {state.code: state for state in states}
        self.moves = {move.name: move for move in moves}
        unknown = [m.name for m in moves if not {*m.sources, m.target} <= set(self.states)]
        if unknown or len(self.moves) != len(moves):
            raise ValueError(f"moves with unknown states or names used twice: {unknown}")

    def choices(self) -> list[tuple[str, Label]]:
        """State codes and labels for a model field."""
        return [(state.code, state.label) for state in self.states.values()]

    def moves_from(self, state: str) -> list[Move]:
        """Moves that start in a state, in declared order."""
        return [move for move in self.moves.values() if state in move.sources]

    def label(self, state: str) -> Label:
        """The state's name for the screen."""
        return self.states[state].label
