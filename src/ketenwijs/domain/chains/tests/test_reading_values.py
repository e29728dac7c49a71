"""Numbers, dates, countries, stones and "unknown" are read as written; doubt becomes a fault."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
import yaml

from ketenwijs.domain.chains.intake.numbers import read_written
from ketenwijs.domain.chains.intake.values import ValueReader
from ketenwijs.domain.chains.tests.reading_books import REFERENCE, WORDS, codes, read, read_book

VALUES = ValueReader(WORDS)
HEAD = "Leverancier;Land;Steensoort;Ton;Waarde EUR;Fabriek;Groeve"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("€ 46.266,55", "46266.55"),
        ("635,30", "635.30"),
        ("1 234,5", "1234.5"),
        ("1'234.50", "1234.50"),
        ("1\u202f234,5", "1234.5"),
        ("1.250,-", "1250"),
        ("(12,5)", "-12.5"),
        ("1,23,456.78", "123456.78"),
        ("1.234.567", "1234567"),
        ("240 k€", "240000"),
        ("ca. 350 t", "350"),
        ("12,5 t (schatting)", "12.5"),
        ("0,350", "0.350"),
        ("12500", "12500"),
        ("-12,5", "-12.5"),
        ("5e3", "5000"),
    ],
)
def test_a_number_is_read_whatever_its_notation(written, number):
    assert read_written(written).value == Decimal(number)


@pytest.mark.parametrize("written", ["12-15", "G654", "F001", "3-11-2025", "12 5", "1.23.4", "abc", "1,2,3"])
def test_what_is_no_number_is_not_made_into_one(written):
    assert read_written(written) is None


def test_one_clear_number_settles_the_notation_of_the_column():
    reading = read(f"{HEAD}\nA;India;graniet;1.250;100;f;q\nB;India;graniet;12,5;100;f;q\n")
    assert [record.tonnes for record in reading.records] == [Decimal(1250), Decimal("12.5")]
    reading = read(f"{HEAD}\nA;India;graniet;1.250;100;f;q\nB;India;graniet;12.5;100;f;q\n")
    assert [record.tonnes for record in reading.records] == [Decimal("1.250"), Decimal("12.5")]


def test_another_column_may_settle_it_and_that_is_said():
    reading = read(f"{HEAD}\nA;India;graniet;1.250;250.000,50;f;q\n")
    assert reading.records[0].tonnes == Decimal(1250)
    assert "notation_from_other_column" in codes(reading, "warning")


def test_the_price_per_tonne_may_settle_it_and_that_is_said():
    reading = read(f"{HEAD}\nA;India;graniet;1.250;250000;f;q\nB;India;graniet;2.400;500000;f;q\n")
    assert [record.tonnes for record in reading.records] == [Decimal(1250), Decimal(2400)]
    assert "notation_from_price" in codes(reading, "warning")


def test_a_number_that_can_mean_two_things_is_an_error_at_its_cell():
    reading = read("Leverancier;Land;Steensoort;Ton;Groeve\nA;India;graniet;1.250;q\n")
    assert reading.records[0].tonnes is None
    assert [(fault.code, fault.cell, fault.value) for fault in reading.faults if fault.severity == "error"] == [
        ("number_ambiguous", "D2", "1.250")
    ]


def test_mixed_notations_are_reported_and_only_clear_numbers_read():
    reading = read(f"{HEAD}\nA;India;graniet;12,5;1;f;q\nB;India;graniet;12.7;1;f;q\nC;India;graniet;1.250;1;f;q\n")
    assert [record.tonnes for record in reading.records] == [Decimal("12.5"), Decimal("12.7"), None]
    assert {"notation_mixed", "number_ambiguous"} <= set(codes(reading))


@pytest.mark.parametrize(
    ("heading", "written", "tonnes"),
    [
        ("Menge (kg)", "12.500,5", "12.5005"),
        ("Quantité (t)", "12,5", "12.5"),
        ("Gewicht kg", "800", "0.8"),
        ("Tonnage", "7 kg", "0.007"),
        ("Weight (lbs)", "10.5", "0.004762719885"),
    ],
)
def test_units_become_tonnes(heading, written, tonnes):
    reading = read(f"Supplier;Country;Stone;{heading};Quarry\nA;India;granite;{written};q\n")
    assert reading.records[0].tonnes == Decimal(tonnes)


@pytest.mark.parametrize(
    "heading",
    ["Waarde (x 1.000 EUR)", "Inkoop in k€", "Wert (TEUR)", "Montant (milliers d'euros)", "Spend (1000 EUR)"],
)
def test_thousands_of_euros_become_euros(heading):
    reading = read(f"Supplier;Country;Stone;Tonnage;{heading};Quarry\nA;India;granite;10;45,2;q\n")
    assert reading.records[0].value_eur == Decimal(45200)


def test_another_currency_is_left_out_and_said_once():
    reading = read(
        "Supplier;Country;Stone;Tonnes;Spend (USD);Quarry\n"
        "A;India;granite;10;$ 5,000.00;q\n"
        "B;India;granite;10;$ 6,000.00;q\n"
    )
    assert [record.value_eur for record in reading.records] == [None, None]
    assert codes(reading).count("other_currency") == 1


def test_square_metres_are_never_taken_for_tonnes():
    reading = read("Leverancier;Land;Steensoort;Hoeveelheid (m2);Groeve\nA;India;graniet;10;q\n")
    assert reading.records[0].tonnes is None
    assert "unit_not_weight" in codes(reading, "error")


def test_a_purchase_without_value_is_complete():
    reading = read("Leverancier;Land;Steensoort;Ton;Fabriek;Groeve\nA Ltd;India;graniet;10;f;q\n")
    assert reading.records[0].value_eur is None
    assert reading.faults == []


@pytest.mark.parametrize(
    "words",
    [
        "onbekend",
        "Onbekend (via agent)",
        "?",
        "n.b.",
        "N.B.",
        "nog niet bekend",
        "n.t.b.",
        "à demander",
        "A demander",
        "inconnue",
        "non communiqué",
        "unknown",
        "Unknown!",
        "TBD",
        "n/a",
        "-",
        "–",
        "not disclosed",
        "unbekannt",
        "k.A.",
        "keine Angabe",
        "wird geklärt",
        "",
        "???",
        "groeve onbekend",
        "onbekned",
        "nagevraagd",
        "wordt nagevraagd bij leverancier",
    ],
)
def test_unknown_in_any_words(words):
    reading = read_book(HEAD.split(";"), ["A Ltd", "India", "graniet", 10, 5, "Werk 1", words])
    assert (reading.records[0].quarry, reading.records[0].unknown_quarry) == (None, True)
    assert (reading.records[0].factory, reading.records[0].unknown_factory) == ("Werk 1", False)


@pytest.mark.parametrize(
    "name",
    [
        "Kolar quarry 8",
        "No. 5 quarry",
        "Unknown Soldier quarry 3",
        "Demandé-les-Bains 2",
        "Nabi pit",
        "Göksu 1",
    ],
)
def test_names_are_not_mistaken_for_unknown(name):
    reading = read_book(HEAD.split(";"), ["A Ltd", "India", "graniet", 10, 5, "Werk 1", name])
    assert reading.records[0].unknown_quarry is (name == "Unknown Soldier quarry 3")


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("nagevraagd 3-11-2025", date(2025, 11, 3)),
        ("demandé le 03/11/2025", date(2025, 11, 3)),
        ("angefragt am 13.11.2025", date(2025, 11, 13)),
        ("asked supplier on 2025-11-03", date(2025, 11, 3)),
        ("requested 3 November 2025", date(2025, 11, 3)),
        ("onbekend, opgevraagd 5 mrt 2025", date(2025, 3, 5)),
        ("demande envoyée le 1er août 2025", date(2025, 8, 1)),
        ("nagevraagd", None),
        ("opgevraagd maart 2025", None),
    ],
)
def test_the_day_on_which_the_firm_asked(words, on):
    reading = read(f"{HEAD}\nA Ltd;India;graniet;10;5;Werk 1;{words}\n")
    assert (reading.records[0].asked_on, reading.records[0].unknown_quarry) == (on, True)


def test_the_day_of_asking_in_its_own_column_or_in_a_remark():
    reading = read_book(
        [*HEAD.split(";"), "Opgevraagd op", "Opmerking"],
        ["A", "India", "graniet", 1, 1, "f", None, datetime(2025, 11, 3), None],
        ["B", "India", "graniet", 1, 1, "f", "?", None, "mail gestuurd 4-11-2025"],
        ["C", "India", "graniet", 1, 1, "f", "q", None, "mail gestuurd 4-11-2025"],
    )
    assert [record.asked_on for record in reading.records] == [date(2025, 11, 3), date(2025, 11, 4), None]


def test_day_and_month_that_could_be_exchanged_are_marked_in_an_english_sheet():
    english = "Supplier,Country,Material,Tonnes,Quarry\nA,India,Granite,10,asked 03/11/2025\n"
    assert "date_order_assumed" in codes(read(english), "warning")
    proven = english + "B,India,Granite,10,asked 11/25/2025\n"
    reading = read(proven)
    assert [record.asked_on for record in reading.records] == [date(2025, 3, 11), date(2025, 11, 25)]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("China (VR)", "CN"),
        ("P.R. China", "CN"),
        ("Zuid-Afrika", "ZA"),
        ("Viëtnam", "VN"),
        ("Viet Nam", "VN"),
        ("Türkiye", "TR"),
        ("Norvège", "NO"),
        ("Côte d'Ivoire", "CI"),
        ("IN", "IN"),
        ("IND", "IN"),
        ("中国", "CN"),
        ("भारत", "IN"),
        ("VAE", "AE"),
        ("Kolar, India", "IN"),
        ("Deutschland", "DE"),
        ("UK", "GB"),
    ],
)
def test_countries_in_many_spellings(written, code):
    assert VALUES.country(written).code == code


def test_all_countries_have_names_in_four_languages():
    countries = yaml.safe_load((REFERENCE / "country-names.yaml").read_text(encoding="utf-8"))["countries"]
    assert len(countries) == 249
    assert all(names[language] for names in countries.values() for language in ("nl", "fr", "en", "de"))
    for code, names in countries.items():
        for language in ("nl", "fr", "en", "de"):
            assert VALUES.country(names[language][0]).code == code, (code, language)


def test_a_country_with_a_typing_error_is_read_with_a_warning_and_nonsense_is_an_error():
    reading = read(
        f"{HEAD}\n"
        f"A;Portgual;graniet;10;5;f;q\n"
        f"B;Atlantis;graniet;10;5;f;q\n"
        f"C;India / China;graniet;10;5;f;q\n"
        f"D;Portugal;graniet;1;1;f;q\n"
    )
    assert [record.country for record in reading.records] == ["PT", None, None, "PT"]
    assert {"country_spelling", "country_not_recognised", "several_countries"} <= set(codes(reading))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Kwartsiet", "quartzite"),
        ("hardsteen", "bluestone"),
        ("petit granit", "bluestone"),
        ("Petit Granit de Soignies", "bluestone"),
        ("pierre bleue", "bluestone"),
        ("Graniet G654, gevlamd", "granite"),
        ("graniettegels 60x60", "granite"),
        ("Sandsteinplatten", "sandstone"),
        ("Schiefer", "slate"),
        ("ardoise", "slate"),
        ("Blue Pearl", "larvikite"),
        ("大理石", "marble"),
        ("calcaire", "limestone"),
        ("Basaltlava", "basalt"),
        ("đá granite", "granite"),
    ],
)
def test_stones_in_many_words(written, code):
    assert VALUES.material(written).code == code


def test_stones_that_are_misspelt_unknown_or_several():
    reading = read(
        f"{HEAD}\n"
        f"A;India;Grantie;10;5;f;q\n"
        f"B;India;travertijn;10;5;f;q\n"
        f"C;India;graniet / basalt;10;5;f;q\n"
        f"D;India;marmer;1;1;f;q\n"
    )
    assert [record.material for record in reading.records] == ["granite", None, None, "marble"]
    assert [record.material_as_written for record in reading.records][:3] == [
        "Grantie",
        "travertijn",
        "graniet / basalt",
    ]
    assert {"material_spelling", "material_not_recognised", "several_materials"} <= set(codes(reading))


def test_three_bad_rows_among_two_thousand_are_reported_by_cell():
    lines = [
        HEAD,
        *(f"Firma {number} Ltd;India;graniet;{number % 90 + 1},5;100,5;f{number};q{number}" for number in range(2000)),
    ]
    lines[11] = "Firma X Ltd;Atlantis;graniet;1,5;1,5;f;q"
    lines[501] = "Firma Y Ltd;India;graniet;veel;1,5;f;q"
    lines[1500] = "Firma Z Ltd;India;kaas;1,5;1,5;f;q"
    reading = read("\n".join(lines))
    assert len(reading.records) == 2000
    assert sorted((fault.code, fault.cell) for fault in reading.faults if fault.severity == "error" and fault.cell) == [
        ("country_not_recognised", "B12"),
        ("material_not_recognised", "C1501"),
        ("number_unreadable", "D502"),
    ]


def test_a_formula_in_a_name_stays_text():
    reading = read(f'{HEAD}\n"=HYPERLINK(""http://example.org"")";India;graniet;10;5;f;@q\n')
    assert (reading.records[0].supplier, reading.records[0].quarry) == (
        '=HYPERLINK("http://example.org")',
        "@q",
    )


def test_hidden_marks_and_endless_names_are_errors_at_their_cell():
    reading = read(f"{HEAD}\nA\u202eltd;India;graniet;10;5;f;{'q' * 301}\n")
    assert reading.records[0].supplier == "Altd"
    assert {("hidden_characters", "A2"), ("name_too_long", "G2")} <= {
        (fault.code, fault.cell) for fault in reading.faults
    }
