"""Province outlines: names as lists write them, rings that close, and coordinates against a country's boxes."""

import pytest

from ketenwijs.domain.reference.provinces import provinces_of
from ketenwijs.domain.reference.selectors import may_lie_in
from ketenwijs.foundation.ui.projection import FRAME_SIZE, Frame

SHIPPED = [
    "AO", "BE", "BR", "CA", "CH", "CN", "DE", "EG", "ES", "FI", "FR", "GR", "HR", "IE", "IN", "IR", "IT", "JO", "KH",
    "LB", "MA", "MG", "NO", "PT", "SE", "TR", "VN", "ZA", "ZW",
]  # fmt: skip


@pytest.mark.parametrize("country", SHIPPED)
def test_every_shipped_country_has_closed_rings_that_lie_in_it(country):
    provinces = provinces_of(country)
    outside = []
    for province in {one.slug: one for one in provinces.by_name.values()}.values():
        assert province.rings, province.name
        for ring in province.rings:
            assert ring[0] == ring[-1] and len(ring) > 3, province.name
            outside += [point for point in ring if not may_lie_in(country, point[1], point[0])]
    assert len(outside) < 40, "outlines and boxes come from two editions; they differ by islets only"


@pytest.mark.parametrize(
    ("country", "written", "name"),
    [
        ("IN", "karnataka", "Karnataka"),
        ("IN", "Odisha", "Orissa"),
        ("CN", "FUJIAN", "Fujian"),
        ("BR", "Espirito Santo", "Espírito Santo"),
        ("BE", "Henegouwen", "Hainaut"),
        ("PT", "Evora", "Évora"),
    ],
)
def test_a_province_is_found_as_lists_write_it(country, written, name):
    assert provinces_of(country).named(written).name == name


def test_what_has_no_outline_is_not_guessed():
    assert provinces_of("IN").named("Telangana") is None
    assert provinces_of("IN").named("") is None
    assert provinces_of("AQ") is None and provinces_of("../x") is None and provinces_of("") is None


def test_outer_rings_of_open_data_run_against_the_clock():
    for (ring,) in provinces_of("BE").named("Namur").geometry["coordinates"]:
        assert sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in zip(ring, ring[1:], strict=False)) > 0


def test_islands_overseas_do_not_make_the_country_too_small_to_see():
    france = Frame(*provinces_of("FR").frame)
    assert france.west > -6 and france.south > 40
    assert max(france.width, france.height) in (FRAME_SIZE, FRAME_SIZE + 1)
    x, y = france.on_page(2.35, 48.86)
    assert 0 < x < france.width and 0 < y < france.height
