"""Maps: which countries stand out, the legend's numbers, and outlines for every country of the carried file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from ketenwijs.foundation.ui.maps import world_map

OUTLINES = Path(__file__).resolve().parents[1] / "static" / "vendor" / "outlines.svg"
LABELS = [("strong", "known"), ("middle", "partly"), ("light", "unknown")]


def test_the_legend_counts_countries_and_leaves_out_what_no_country_is():
    drawn = world_map("Origin", "Where from", {"IN": "strong", "BR": "strong", "CN": "light"}, LABELS)
    assert drawn.legend == (("strong", "known", 2), ("light", "unknown", 1))
    assert [one.code for one in drawn.countries] == ["BR", "CN", "IN"]


def test_a_kind_without_a_look_is_refused():
    with pytest.raises(ValueError, match="pink"):
        world_map("Origin", "Where from", {"IN": "pink"}, LABELS)


def test_a_code_that_is_no_code_never_reaches_an_address():
    drawn = world_map("Origin", "Where from", {'"><script>': "strong", "IN": "strong"}, LABELS)
    assert [one.code for one in drawn.countries] == ["IN"]


def test_the_carried_outlines_hold_the_world_and_the_countries_of_the_flagships_quarries():
    text = OUTLINES.read_text("utf-8")
    codes = set(re.findall(r'<path id="([A-Z]{2})"', text))
    assert {"IN", "CN", "BR", "VN", "TR", "PT", "IT", "ES", "NO", "BE", "ZA", "ZW", "EG", "FI"} <= codes
    assert 'id="world"' in text
    assert len(codes) > 150


def test_a_map_says_in_words_what_it_shows():
    drawn = world_map("Origin", "Where from", {"IN": "strong"}, LABELS)
    page = render_to_string("ui/charts/map.html", {"map": drawn, "id": "m"})
    assert "<title" in page
    assert "Where from" in page
    assert "#IN" in page
    assert "known <strong>1</strong>" in page
