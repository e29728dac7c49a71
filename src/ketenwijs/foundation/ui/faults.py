"""Log lines of faults without what anybody typed: where it went wrong, never with which values (security case 80)."""

from __future__ import annotations

import copy
import logging
import traceback
from types import TracebackType
from typing import Any

Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutValues(logging.Formatter):
    """Writes of an exception its kind and its places in the code.

    Its words are left out: a database error quotes the row, a template error the text. The address of a request gives
    way to its reference number, which stands on the error page: addresses of invitations and links hold a secret.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One record; a copy, because other handlers keep the text they made of it."""
        shown = copy.copy(record)
        shown.exc_text = None
        request: Any = getattr(record, "request", None)
        address, reference = getattr(request, "path", None), getattr(request, "reference", "-")
        if address and isinstance(record.args, tuple):
            shown.args = tuple(reference if one == address else one for one in record.args)
        return super().format(shown)

    def formatException(self, ei: Fault) -> str:  # noqa: N802 - the name that logging calls
        """Kind and places, the cause first, as in an ordinary traceback."""
        lines: list[str] = []
        fault: BaseException | None = ei[1]
        while fault is not None:
            places = [f"  {one.filename}:{one.lineno} {one.name}" for one in traceback.extract_tb(fault.__traceback__)]
            lines[:0] = [f"{type(fault).__module__}.{type(fault).__qualname__}", *places]
            fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
        return "\n".join(lines)
