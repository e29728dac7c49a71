"""A page as lines that can be compared: every element with its attributes and every text, without what differs each time."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from html.parser import HTMLParser

FRESH = ("key", "pass", "sum")
"""Hidden fields that are new in every form: tokens, which no browser runs."""
TOKEN = re.compile(r"[A-Za-z0-9_:=.\-]*")
GAP = "#"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.opened_by: dict[str, str | None] = {}
        self.key = self.receipt = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        # A second attribute of one name is ignored by browsers; here it must be seen.
        double = f" ({len(attrs)} attributes)" if len(found) < len(attrs) else ""
        if tag == "input" and found.get("type") == "hidden" and found.get("name") in FRESH:
            self.key = (found.get("value") or "") if found["name"] == "key" else self.key
            found["value"] = GAP if TOKEN.fullmatch(found.get("value") or "") else found.get("value")
        words = "".join(
            f" {name}={value!r}" if value is not None else f" {name}" for name, value in sorted(found.items())
        )
        self.lines.append(f"<{tag}{words}>{double}")
        self.opened_by = found

    def handle_endtag(self, tag: str) -> None:
        self.lines.append(f"</{tag}>")
        self.opened_by = {}

    def handle_data(self, data: str) -> None:
        if text := " ".join(data.split()):
            self.lines.append(self._without_digits(text))

    def _without_digits(self, text: str) -> str:
        """The new number of a case, and the two numbers of a sum; digits anywhere else stay, they may be a telephone."""
        if self.opened_by.get("id") == "receipt":
            self.receipt = text
            return GAP if re.fullmatch(r"[0-9 ]+", text) else text
        if (self.opened_by.get("for") or "").startswith("answer"):
            return re.sub(r"[0-9]+", GAP, text)
        return text

    def handle_comment(self, data: str) -> None:
        self.lines.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.lines.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.lines.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.lines.append(f"<![{data}]>")


def lines_of(page: str) -> list[str]:
    """The lines of a page, in their order."""
    return _read(page).lines


def form_of(page: str) -> tuple[str, str]:
    """The form's own key and the new number that a page shows; empty where there is none."""
    reader = _read(page)
    return reader.key, reader.receipt


def _read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader


def digest_of(lines: Sequence[str]) -> str:
    """SHA-256 of the lines."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def elements_of(lines: Sequence[str]) -> list[str]:
    """Those lines that are elements: what can load, send or lead somewhere."""
    return [one for one in lines if one.startswith("<") and not one.startswith("</")]
