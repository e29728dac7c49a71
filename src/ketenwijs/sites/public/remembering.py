"""What the public site worked out from public copies, kept in this process until a copy is added or a day begins.

Copies never change, so two small queries tell whether anything kept still holds; nothing has to be cleared. However
things stand, nothing is kept longer than some minutes.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from time import monotonic
from typing import Any, TypeVar, cast

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ketenwijs.foundation.publishing.selectors import Standing, standing

LIMIT = 200
"""How many things are kept; what was not asked for longest goes first."""

LONGEST = 600.0
"""Seconds after which anything is worked out anew."""

Kept = TypeVar("Kept")
_kept: OrderedDict[Hashable, tuple[Standing, float, Any]] = OrderedDict()
_lock = Lock()


class Remembering:
    """Reads of one request: asks once how the copies stand, then keeps under names."""

    def __init__(self) -> None:
        self.standing = standing()

    @property
    def today(self) -> str:
        """The day of this request as copies write it (ISO)."""
        return self.standing.day.isoformat()

    def keep(self, name: Hashable, work_out: Callable[[], Kept]) -> Kept:
        """What was worked out under this name from the copies as they stand, or the same worked out now."""
        with _lock:
            found = _kept.get(name)
            if found is not None and found[0] == self.standing and monotonic() - found[1] < LONGEST:
                _kept.move_to_end(name)
                return cast(Kept, found[2])
        made = work_out()
        with _lock:
            _kept[name] = (self.standing, monotonic(), made)
            _kept.move_to_end(name)
            while len(_kept) > LIMIT:
                _kept.popitem(last=False)
        return made

    def drawn(self, template: str, name: Hashable, context: Callable[[], dict[str, Any]]) -> SafeString:
        """A part of a page, rendered once per language; the part must not depend on the request or the reader."""
        return self.keep((template, get_language(), name), lambda: render_to_string(template, context()))
