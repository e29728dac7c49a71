"""Names as people gave them are safe to show; they are never a path."""

from __future__ import annotations

import pytest

from ketenwijs.foundation.files.names import shown_name


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("lijst.xlsx", "lijst.xlsx"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\map\\lijst.pdf", "lijst.pdf"),
        ("factuur\u202exslx.exe.pdf", "factuurxslx.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("nul\x00teken.pdf", "nulteken.pdf"),
        ("E\u0301vora.pdf", "\u00c9vora.pdf"),
        ("  veel \u00a0 wit .pdf", "veel wit.pdf"),
        ("...pdf", "pdf"),
        ("", "file"),
        ("\u202e", "file"),
        ("石材.csv", "石材.csv"),
    ],
)
def test_a_name_is_shown_without_what_could_mislead(given, shown):
    assert shown_name(given) == shown


def test_a_name_of_300_characters_is_shortened_and_keeps_its_ending():
    shown = shown_name("a" * 300 + ".pdf")
    assert len(shown) == 150
    assert shown.endswith(".pdf")
