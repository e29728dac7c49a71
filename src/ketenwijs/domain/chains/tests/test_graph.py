"""The picture of the ways: every place of a chain has its box, columns that nobody needs are left out."""

from __future__ import annotations

import pytest
from django.utils import translation

from ketenwijs.domain.chains.graph import MOST_BOXES, graph_of
from ketenwijs.domain.chains.rules import FACTORY, QUARRY, MappedChain, Place, Step


@pytest.fixture(autouse=True)
def in_english(db):
    with translation.override("en"):
        yield


def step(kind, name):
    return Step(kind, Place(kind, name, "Kota", "IN") if name else None, "IN")


def chain(number=1, *further, supplier="Exporter", quarry="Quarry", factory="Factory"):
    return MappedChain(
        pk=number, organisation=1, supplier=supplier, supplier_country="IN", material="granite", tonnes=None,
        value_eur=None, factory=step(FACTORY, factory), quarry=step(QUARRY, quarry), further=further,
    )  # fmt: skip


def columns(picture):
    return [text for _x, _y, _anchor, text in picture.labels]


def test_a_plain_chain_has_four_columns_and_three_curves():
    picture = graph_of([chain()], "Firm")
    assert columns(picture) == ["Quarry", "Factory", "Supplier", "Company"]
    assert picture.rows == (("Quarry", "Factory"), ("Factory", "Exporter"), ("Exporter", "Firm"))


def test_a_second_quarry_a_yard_and_a_port_stand_where_they_lie_on_the_way():
    more = (step("quarry", "Second"), step("yard", "Yard"), step("port", "Port"), step("workshop", "Polisher"))
    picture = graph_of([chain(1, *more)], "Firm")
    assert columns(picture) == ["Quarry", "Before the factory", "Factory", "After the factory", "Supplier", "Company"]
    assert set(picture.rows) == {
        ("Quarry", "Yard"), ("Second", "Yard"), ("Yard", "Factory"), ("Yard", "Polisher"), ("Factory", "Port"),
        ("Polisher", "Port"), ("Port", "Exporter"), ("Exporter", "Firm"),
    }  # fmt: skip


def test_a_chain_without_a_yard_goes_past_its_column():
    picture = graph_of([chain(1, step("yard", "Yard")), chain(2, quarry="Other", factory=None)], "Firm")
    assert ("Other", "unknown") in picture.rows
    assert ("Yard", "Factory") in picture.rows


def test_more_boxes_than_can_be_read_are_taken_together():
    picture = graph_of([chain(n, quarry=f"Quarry {n}") for n in range(30)], "Firm")
    quarries = {start for start, end in picture.rows if end == "Factory"}
    assert len(quarries) == MOST_BOXES
    assert f"{30 - MOST_BOXES + 1} others" in quarries
