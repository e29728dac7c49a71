"""Sheets come in many layouts: headings in two rows, totals, merged cells, lists that refer to each other."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ketenwijs.domain.chains.tests.reading_books import codes, opendocument, read, read_book, workbook

HEAD = ["Leverancier", "Land", "Steensoort", "Ton", "Fabriek", "Groeve"]


def rows_of(reading):
    return [(record.supplier, record.material, record.tonnes, record.quarry) for record in reading.records]


def reasons(reading):
    return [(row.row, row.reason) for row in reading.skipped]


def test_headings_in_two_rows_with_merged_groups():
    reading = read_book(
        ["Leverancierslijst voorbeeld 2024", *[None] * 9],
        ["Leverancier", None, "Steensoort", "Inkoop", None, "Fabriek", None, "Groeve", None, None],
        ["Naam", "Land", None, "ton", "x 1.000 EUR", "Naam", "Plaats", "Naam", "Plaats", "Land"],
        [
            "Alfa Stone Ltd",
            "India",
            "Graniet",
            120.5,
            45.2,
            "Alfa plant",
            "Ongole",
            "Alfa mine",
            "Kolar",
            "India",
        ],
        [None, None, "Kwartsiet", 20, 10, "Alfa plant", "Ongole", "?", None, None],
        ["Gamma Trading", "China", "Graniet", 50, 5, "onbekend", None, "G-mine", "Binh Dinh", "Vietnam"],
        ["Totaal", None, None, 190.5, 60.2, None, None, None, None, None],
        merged=["A1:J1", "A2:B2", "D2:E2", "F2:G2", "H2:J2", "C2:C3"],
    )
    first, second, third = reading.records
    assert (first.tonnes, first.value_eur, first.year) == (Decimal("120.5"), Decimal("45200"), 2024)
    assert (first.factory_place, first.quarry_place) == ("Ongole", "Kolar")
    assert (second.supplier, second.supplier_country, second.unknown_quarry) == ("Alfa Stone Ltd", "IN", True)
    assert (third.supplier_country, third.country, third.unknown_factory) == ("CN", "VN", True)
    assert reading.tables[0].header_row == 2
    assert reading.tables[0].header_rows == 2


def test_headings_in_two_rows_of_a_text_file_without_merged_cells():
    reading = read(
        "Fournisseur;;Pierre;Achats;;Atelier;;Carrière;\n"
        "Nom;Pays;;t;k€;Nom;Ville;Nom;Commune\n"
        "Alpha SA;Inde;grès;12,5;3,1;Atelier 1;Jaipur;Carrière 1;Bundi\n"
    )
    record = reading.records[0]
    assert (record.supplier, record.country, record.material) == ("Alpha SA", "IN", "sandstone")
    assert (record.tonnes, record.value_eur) == (Decimal("12.5"), Decimal("3100"))
    assert (record.factory, record.factory_place, record.quarry, record.quarry_place) == (
        "Atelier 1",
        "Jaipur",
        "Carrière 1",
        "Bundi",
    )


def test_a_row_of_units_below_the_headings_is_no_record():
    reading = read(
        "Lieferant;Land;Gestein;Menge;Wert;Steinbruch\n;;;kg;TEUR;\nAlpha AG;Italien;Marmor;12500;25,5;Bruch 1\n"
    )
    assert [(record.tonnes, record.value_eur) for record in reading.records] == [(Decimal("12.5"), Decimal("25500"))]


@pytest.mark.parametrize(
    "total",
    [
        "Totaal",
        "TOTAAL:",
        "Sous-total",
        "Zwischensumme",
        "Grand total",
        "T o t a a l",
        "Subtotaal Alfa Ltd",
        "Alfa Ltd Total",
    ],
)
def test_totals_by_word_are_no_records(total):
    reading = read_book(HEAD, ["Alfa Ltd", "India", "graniet", 10, "w", "g"], [total, None, None, 10, None, None])
    assert reasons(reading) == [(3, "total")]
    assert len(reading.records) == 1


def test_a_supplier_whose_name_begins_with_a_word_for_total_is_a_record():
    reading = read_book(HEAD, ["Total Stone Ltd", "India", "graniet", 10, "w", "g"])
    assert [record.supplier for record in reading.records] == ["Total Stone Ltd"]


def test_totals_without_a_word_are_recognised_by_adding_up():
    reading = read(
        "Leverancier;Land;Steensoort;Ton;Groeve\nA Ltd;India;graniet;10,5;M1\n;;graniet;9,5;M2\n;;;20,0;\n"
        "B Ltd;India;marmer;7;M3\n;;marmer;3;M4\n;;;10;\n;;;30;\n"
    )
    assert reasons(reading) == [(4, "total_by_sum"), (7, "total_by_sum"), (8, "total_by_sum")]
    assert [record.supplier for record in reading.records] == ["A Ltd", "A Ltd", "B Ltd", "B Ltd"]


def test_amounts_without_any_name_are_left_out_with_a_warning():
    reading = read("Leverancier;Land;Steensoort;Ton;Groeve\nA Ltd;India;graniet;10,5;M1\n;;;99,0;\n")
    assert reasons(reading) == [(3, "amounts_without_name")]
    assert "amounts_without_name" in codes(reading, "warning")


def test_what_divides_a_total_or_sums_up_below_the_table_is_no_record():
    reading = read_book(
        HEAD,
        ["A Ltd", "India", "graniet", 10, "w", "g"],
        ["B Ltd", "China", "graniet", 6, "w", "g"],
        ["Totaal", None, None, 16, None, None],
        ["waarvan India", None, None, 10, None, None],
        [],
        ["Land", "Ton"],
        ["India", 10],
        ["China", 6],
    )
    assert [record.supplier for record in reading.records] == ["A Ltd", "B Ltd"]
    assert reasons(reading) == [(4, "total"), (5, "amounts_after_total")]


def test_a_sum_by_formula_over_rows_is_a_total_and_other_formulas_are_marked():
    book = workbook(
        {
            "Blad1": [
                HEAD,
                ["A Ltd", "India", "graniet", 10, "w", "g"],
                ["B Ltd", "India", "graniet", "=2*3", "w", "g"],
                [None, None, None, "=SUM(D2:D3)", None, None],
            ]
        }
    )
    book = book.replace(b"", b"")
    reading = read(with_cached(book, {"D3": "6", "D4": "16"}), "boek.xlsx")
    assert reasons(reading) == [(4, "total_by_formula")]
    computed = [fault for fault in reading.faults if fault.code == "computed"]
    assert [(fault.cell, fault.severity) for fault in computed] == [("D3", "warning")]
    assert reading.records[1].tonnes == Decimal(6)


def with_cached(book, values):
    from ketenwijs.domain.chains.tests.reading_books import archive, parts_of

    parts = parts_of(book)
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    for cell, value in values.items():
        start = sheet.index(f'r="{cell}"')
        sheet = sheet[:start] + sheet[start:].replace("<v />", f"<v>{value}</v>", 1).replace(
            "<v></v>", f"<v>{value}</v>", 1
        )
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    return archive(parts)


def test_a_formula_that_was_never_calculated_is_an_error_at_its_cell():
    reading = read_book(HEAD, ["A Ltd", "India", "graniet", "=2*3", "w", "g"])
    assert ("formula_without_value", "D2") in [(fault.code, fault.cell) for fault in reading.faults]
    assert reading.records[0].tonnes is None


def test_an_error_in_a_cell_is_reported_as_shown():
    reading = read_book(HEAD, ["A Ltd", "India", "graniet", "#REF!", "w", "g"])
    assert [(fault.cell, fault.value) for fault in reading.faults if fault.code == "error_in_cell"] == [("D2", "#REF!")]


def test_names_that_head_a_group_count_for_the_rows_below():
    reading = read_book(
        HEAD,
        ["Alfa Ltd"],
        [None, "India", "graniet", 10, "f1", "g1"],
        [None, "India", "marmer", 12, "f2", "onbekend"],
        ["Beta Ltd"],
        [None, "China", "graniet", 13, "f3", "g3"],
        [],
        ["Bron: eigen administratie"],
    )
    assert [record.supplier for record in reading.records] == ["Alfa Ltd", "Alfa Ltd", "Beta Ltd"]
    assert reasons(reading) == [(2, "heading"), (5, "heading"), (8, "note")]


def test_countries_and_stones_between_the_rows_count_for_the_rows_below():
    by_country = read(
        "Leverancier;Steensoort;Ton;Groeve\n"
        "INDIA;;;\n"
        "Alfa;graniet;10,5;g1\n"
        "Beta;marmer;3;?\n"
        "CHINA;;;\n"
        "Gamma;basalt;4;g3\n"
    )
    assert [record.country for record in by_country.records] == ["IN", "IN", "CN"]
    by_stone = read("Leverancier;Land;Ton;Groeve\nGraniet;;;\nAlfa;India;10,5;g1\nMarmer;;;\nGamma;Italië;4;g3\n")
    assert [record.material for record in by_stone.records] == ["granite", "marble"]


def test_merged_cells_repeat_their_text_but_never_their_amount():
    reading = read_book(
        HEAD,
        ["Alfa Ltd", "India", "graniet", 10, "Werk A", "g1"],
        [None, None, "graniet", None, None, "g2"],
        merged=["A2:A3", "B2:B3", "D2:D3", "E2:E3"],
    )
    assert [(record.supplier, record.country, record.factory) for record in reading.records] == [
        ("Alfa Ltd", "IN", "Werk A")
    ] * 2
    assert reading.records[1].tonnes is None
    assert ("amount_merged", "D3") in [(fault.code, fault.cell) for fault in reading.faults]


def test_an_empty_factory_under_another_stays_unknown():
    reading = read_book(
        HEAD, ["Alfa Ltd", "India", "graniet", 10, "Werk A", "g1"], [None, None, "graniet", 5, None, None]
    )
    assert (
        reading.records[1].factory,
        reading.records[1].unknown_factory,
        reading.records[1].unknown_quarry,
    ) == (None, True, True)


def test_ditto_marks_repeat_the_cell_above():
    reading = read_book(HEAD, ["Alfa Ltd", "India", "graniet", 10, "Werk A", "g1"], ["idem", '"', '"', 5, "idem", "g2"])
    second = reading.records[1]
    assert (second.supplier, second.country, second.material, second.factory) == (
        "Alfa Ltd",
        "IN",
        "granite",
        "Werk A",
    )


def test_repeated_headings_on_every_printed_page_are_no_records():
    row = ["Alfa Ltd", "India", "graniet", 10, "w", "g"]
    reading = read_book(HEAD, row, HEAD, row)
    assert reasons(reading) == [(3, "repeated_header")]
    assert len(reading.records) == 2


def test_an_opendocument_sheet_is_read_with_its_repeated_empty_rows():
    reading = read(
        opendocument(
            [
                ["Lieferant", "Land", "Gestein", "Menge (t)", "Steinbruch"],
                ["Alpha AG", "Italien", "Marmor", 12.5, "Bruch 1"],
            ],
            extra_row='<table:table-row table:number-rows-repeated="1048570">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>',
        ),
        "liste.ods",
    )
    assert rows_of(reading) == [("Alpha AG", "marble", Decimal("12.5"), "Bruch 1")]
