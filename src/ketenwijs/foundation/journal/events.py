"""The catalogue of event types; every app registers its own in `registrations.py`."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class EventType:
    """One kind of act. `name` reads app.thing.happened; `sentence` is what a reader of the journal sees."""

    name: str
    sentence: str | Promise


_types: dict[str, EventType] = {}


def register_events(*types: EventType) -> None:
    """Add event types; a name taken twice stops the start."""
    for event_type in types:
        if event_type.name in _types:
            raise ValueError(f"journal event {event_type.name} is registered twice")
        _types[event_type.name] = event_type


def event_type(name: str) -> EventType:
    """The registered type; KeyError with the name when an app forgot to register it."""
    return _types[name]


def event_types() -> list[EventType]:
    """All registered types by name."""
    return [_types[name] for name in sorted(_types)]
