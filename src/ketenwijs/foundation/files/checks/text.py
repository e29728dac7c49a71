"""Plain text tables: really text, nothing else in disguise."""

from __future__ import annotations

import codecs

from ketenwijs.foundation.files.refusals import Refused

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def check_text(content: bytes) -> bytes:
    """UTF-8, UTF-16 with a mark, or a one-byte encoding; without control characters or a mark-up language's
    start."""
    if content.startswith(UTF16_MARKS):
        try:
            text = content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise Refused("encoding") from error
    else:
        # Latin-1 maps every byte: control characters are found whatever the one-byte encoding is.
        text = content.decode("latin-1")
    if any(sign in text for sign in "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x1b\x7f"):
        raise Refused("encoding")
    if (
        text.removeprefix("\u00ef\u00bb\u00bf")
        .removeprefix("\ufeff")
        .lstrip()
        .startswith(("<", "%PDF", "#!", "{\\rtf"))
    ):
        raise Refused("mismatch")
    return content
