"""Sources as readers can follow them: an address becomes a link, anything else stays text."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"(?:https?://)?(?P<host>(?:[a-z0-9-]+\.)+[a-z]{2,12})(?P<path>[/?#]\S*)?", re.IGNORECASE)


@dataclass(frozen=True)
class SourcePart:
    """One source: where it stands (empty for a text without an address), what is shown, and a remark behind it."""

    address: str
    text: str
    remark: str = ""

    @property
    def host(self) -> str:
        """The site of an address, or who wrote a text: short enough for a narrow column."""
        return re.split(r"[/?#]" if self.address else r", |: | \(", self.text, maxsplit=1)[0]


def parts_of(source: str) -> list[SourcePart]:
    """The sources in one line of content, which stand apart by semicolons; addresses stand without a scheme."""
    return [_part(one.strip()) for one in source.split("; ") if one.strip()]


def _part(text: str) -> SourcePart:
    first, _space, remark = text.partition(" ")
    found = _ADDRESS.fullmatch(first)
    if found is None or not (found["path"] or not remark):
        return SourcePart("", text)
    shown = found["host"] + (found["path"] or "")
    return SourcePart(f"https://{shown}", shown, remark)


def address_of(text: str) -> str:
    """The address that a link may go to, always over https; empty when the text is no address."""
    found = _ADDRESS.fullmatch(text.strip())
    return f"https://{found['host']}{found['path'] or ''}" if found else ""
