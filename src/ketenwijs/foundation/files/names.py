"""File names as people gave them, made safe to show and to send in a header. Pure; never used as a path."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 150


def shown_name(given: str) -> str:
    """The last part of the name in NFC without control, invisible or direction-changing characters, at most
    150 long.

    The ending survives shortening. A name with nothing left becomes `file`.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    # Categories C*: control, format (bidi overrides are among them), surrogate, private, unassigned.
    spaced = "".join(" " if unicodedata.category(sign) in {"Zl", "Zp", "Zs"} else sign for sign in last)
    kept = "".join(sign for sign in spaced if not unicodedata.category(sign).startswith("C"))
    kept = " ".join(kept.split()).lstrip(".")
    stem, dot, ending = kept.rpartition(".")
    if not dot or len(ending) > 10:
        return kept[:LONGEST] or "file"
    return f"{stem[: LONGEST - len(ending) - 1].rstrip() or 'file'}.{ending}"
