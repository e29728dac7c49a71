"""Columns are recognised by heading, values and neighbours; lists beside the rows are joined or left out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ketenwijs.domain.chains.intake import UnreadableSheet
from ketenwijs.domain.chains.tests.reading_books import codes, read, workbook

HEAD = ["Leverancier", "Land", "Steensoort", "Ton", "Fabriek", "Groeve"]


def test_a_list_of_sites_by_supplier_explains_rows_where_only_one_can_be_meant():
    sites = [
        ["Supplier", "Site type", "Site name", "Town", "Country"],
        ["Alfa", "Factory", "Alfa plant", "Jaipur", "India"],
        ["Alfa", "Quarry", "Bundi pit", "Bundi", "India"],
        ["Beta", "Quarry", "Pit A", "Carrara", "Italy"],
        ["Beta", "Quarry", "Pit B", "Carrara", "Italy"],
    ]
    rows = [["Supplier", "Material", "Tonnes"], ["Alfa", "Granite", 10], ["Beta", "Marble", 12]]
    first, second = read(workbook({"Purchases": rows, "Sites": sites}), "boek.xlsx").records
    assert (first.factory, first.quarry, first.quarry_place, first.country) == (
        "Alfa plant",
        "Bundi pit",
        "Bundi",
        "IN",
    )
    assert (second.factory, second.quarry, second.unknown_quarry) == (None, None, True)


def test_general_headings_belong_to_what_stands_before_them():
    reading = read(
        "Lieferant;Sitz;Gestein;Menge (t);Verarbeitungsbetrieb;Standort;Herkunft Steinbruch;Region\n"
        "A KG;Indien;Granit;12,5;Werk X;Jaipur;Bruch 7;Rajasthan\n"
    )
    record = reading.records[0]
    assert (record.country, record.factory_place, record.quarry, record.quarry_place) == (
        "IN",
        "Jaipur",
        "Bruch 7",
        "Rajasthan",
    )


def test_sheets_that_refer_to_each_other_are_joined_by_code():
    reading = read(
        workbook(
            {
                "Toelichting": [["Deze lijst is verzonnen"]],
                "Inkoop": [
                    [
                        "Lev.nr",
                        "Materiaal",
                        "Hoeveelheid",
                        "Eenheid",
                        "Bedrag",
                        "Valuta",
                        "Fabriek ID",
                        "Groeve ID",
                        "Jaar",
                    ],
                    [101, "graniet", 12000, "kg", 5000, "EUR", "F1", "G1", 2024],
                    [102, "marmer", 5, "ton", 800, "USD", "F2", "onbekend", 2024],
                    [101, "zandsteen", 7, "m2", 800, "EUR", "F9", "G2", 2024],
                ],
                "Leveranciers": [
                    ["Nr", "Naam", "Land", "Plaats"],
                    [101, "Alfa Ltd", "India", "Jaipur"],
                    [102, "Beta SpA", "Italië", "Carrara"],
                ],
                "Fabrieken": [
                    ["ID", "Naam", "Plaats", "Provincie"],
                    ["F1", "Alfa Plant", "Jaipur", "Rajasthan"],
                    ["F2", "Beta plant", "Carrara", None],
                ],
                "Groeven": [
                    ["ID", "Naam", "Plaats", "Land", "Coördinaten"],
                    ["G1", "Bijolia pit", "Bijolia", "India", "25.1, 75.3"],
                    ["G2", "Bundi pit", "Bundi", "India", None],
                ],
            }
        ),
        "boek.xlsx",
    )
    first, second, third = reading.records
    assert (first.supplier, first.supplier_country, first.tonnes, first.year) == (
        "Alfa Ltd",
        "IN",
        Decimal(12),
        2024,
    )
    assert (first.factory, first.factory_place, first.quarry) == (
        "Alfa Plant",
        "Jaipur, Rajasthan",
        "Bijolia pit",
    )
    assert first.coordinates == (Decimal("25.1"), Decimal("75.3"))
    assert (second.value_eur, second.unknown_quarry) == (None, True)
    assert (third.tonnes, third.factory, third.unknown_factory) == (None, None, True)
    found = {(fault.code, fault.cell) for fault in reading.faults}
    assert {("other_currency", "E3"), ("unit_not_weight", "C4"), ("reference_not_found", "G4")} <= found


def test_a_list_of_quarries_explains_rows_by_name():
    reading = read(
        workbook(
            {
                "Purchases": [
                    ["Vendor", "Material", "Tonnes", "Factory", "Quarry"],
                    ["Alfa", "Granite", 10, "Alfa plant", "Pit 1"],
                ],
                "Quarries": [
                    ["Quarry", "Village", "State", "Country"],
                    ["Pit 1", "Kolar", "Karnataka", "India"],
                ],
            }
        ),
        "boek.xlsx",
    )
    assert (reading.records[0].quarry_place, reading.records[0].country) == ("Kolar, Karnataka", "IN")


def test_a_summary_beside_the_rows_is_not_counted_twice():
    rows = [
        HEAD,
        ["Alfa", "India", "graniet", 10, "w", "g"],
        ["Alfa", "India", "graniet", 12, "w", "h"],
        ["Beta", "India", "marmer", 5, "w", "k"],
    ]
    reading = read(
        workbook(
            {
                "Inkoop": rows,
                "Draaitabel": [
                    ["Leverancier", "Steensoort", "Groeve", "Ton"],
                    ["Alfa", "graniet", "", 22],
                    ["Beta", "marmer", "", 5],
                ],
            }
        ),
        "boek.xlsx",
    )
    assert len(reading.records) == 3
    assert [note.params["sheet"] for note in reading.notes if note.code == "table_left_out"] == ["Draaitabel"]


def test_a_hidden_sheet_gives_no_records():
    row = ["Alfa", "India", "graniet", 10, "w", "g"]
    reading = read(workbook({"Nu": [HEAD, row], "Oud": [HEAD, row, row]}, hidden=("Oud",)), "boek.xlsx")
    assert {record.sheet for record in reading.records} == {"Nu"}


def test_columns_without_headings_are_recognised_by_their_values():
    reading = read(
        "Alfa Stone Ltd;India;graniet;120,5\nBeta Marbles Co;Italië;marmer;80,25\nGamma Ltd;China;basalt;30,5\n"
    )
    assert [(record.supplier, record.country, record.tonnes) for record in reading.records][0] == (
        "Alfa Stone Ltd",
        "IN",
        Decimal("120.5"),
    )
    assert {"no_headings", "column_uncertain"} <= set(codes(reading, "warning"))


def test_a_chosen_column_goes_before_the_proposed_one():
    text = "Leverancier;Land;Steensoort;Ton;Kolom X\nA Ltd;India;graniet;10;Mijn 7\n"
    assert read(text).records[0].quarry is None
    reading = read(text, mapping={("lijst", 4): "quarry", ("lijst", 1): None})
    assert (reading.records[0].quarry, reading.records[0].country) == ("Mijn 7", None)
    assert reading.tables[0].columns[4].reason == "chosen"


def test_the_latest_of_several_years_is_taken():
    reading = read("Supplier;Country;Stone;2023 (t);2024 (t);2025 (t);Quarry\nA Ltd;India;granite;1;2;3;Q\n")
    assert (reading.records[0].tonnes, reading.records[0].year) == (Decimal(3), 2025)


def test_a_column_that_answers_yes_or_no_is_no_quarry():
    reading = read(
        "Leverancier;Land;Steensoort;Ton;Groeve bekend?;Naam groeve\n"
        "A;India;graniet;10;ja;Mijn 1\n"
        "B;India;graniet;11;nee;\n"
    )
    assert [record.quarry for record in reading.records] == ["Mijn 1", None]


def test_headings_with_typing_errors_are_understood():
    reading = read("Leverancer;Lnad;Steensort;Tonage;Fabrik;Groeven\nA Ltd;India;graniet;10;Werk 1;Mijn 1\n")
    record = reading.records[0]
    assert (record.supplier, record.material, record.tonnes, record.factory, record.quarry) == (
        "A Ltd",
        "granite",
        Decimal(10),
        "Werk 1",
        "Mijn 1",
    )
    assert record.country == "IN"


def test_without_recognisable_columns_the_sheet_is_refused_and_shown():
    with pytest.raises(UnreadableSheet) as refused:
        read("Datum;Weer\n1-1-2025;regen\n2-1-2025;zon\n")
    assert refused.value.code == "no_columns"
    assert [column.heading for table in refused.value.tables for column in table.columns]
