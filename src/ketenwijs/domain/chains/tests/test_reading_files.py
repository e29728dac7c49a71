"""Encodings and separators are found out; wrong, dangerous and oversized files are refused with a code."""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib

import pytest

from ketenwijs.domain.chains.intake import REFUSALS, Limits, UnreadableSheet, read_in_child
from ketenwijs.domain.chains.tests.reading_books import (
    REFERENCE,
    archive,
    changed,
    opendocument,
    parts_of,
    read,
    workbook,
)

HEAD = ["Leverancier", "Land", "Steensoort", "Ton", "Fabriek", "Groeve"]
ROW = ["Mármoles Ünal", "Türkiye", "graniet", 10.5, "Werk", "Groeve Één"]
BOOK = workbook({"Blad1": [HEAD, ROW]})
SHEET = "xl/worksheets/sheet1.xml"


def refusal(data, name="boek.xlsx", **options):
    with pytest.raises(UnreadableSheet) as refused:
        read(data, name, **options)
    assert refused.value.code in REFUSALS
    return refused.value


def refusal_in_child(data, name="boek.xlsx", **options):
    start = time.monotonic()
    with pytest.raises(UnreadableSheet) as refused:
        read_in_child(data, name, vocabulary_directory=REFERENCE, **options)
    assert time.monotonic() - start < 20
    return refused.value


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_in_many_encodings_and_separators(encoding, separator):
    lines = [
        separator.join(HEAD),
        separator.join(["Mármoles Ünal", "Türkiye", "graniet", "10", "Werk", "Groeve Één"]),
    ]
    reading = read("\r\n".join(lines).encode(encoding))
    record = reading.records[0]
    assert (record.supplier, record.country, record.quarry) == ("Mármoles Ünal", "TR", "Groeve Één")


def test_windows_1252_is_read_and_shown_for_confirmation():
    reading = read(
        "Fournisseur;Pays;Pierre;Tonnes;Carrière\nCarrières d’Été – Sud;Norvège;grès;1,5;à demander\n".encode("cp1252")
    )
    assert (reading.encoding, reading.records[0].supplier) == ("cp1252", "Carrières d’Été – Sud")
    assert [note.code for note in reading.notes] == ["encoding_assumed"]


@pytest.mark.parametrize(
    ("encoding", "supplier"),
    [
        ("gb18030", "福建永盛石材有限公司"),
        ("cp1251", "Карелия Гранит Разработка"),
        ("cp850", "Carrières réunies évêque"),
        ("mac_roman", "Carrières réunies évêque"),
        ("cp1254", "Yıldız Doğaltaş Şirketi"),
        ("utf-32", "Alpha"),
    ],
)
def test_other_encodings_are_refused_by_name(encoding, supplier):
    text = "Supplier;Country;Stone;Tonnes;Quarry\n" + f"{supplier};Norway;granite;1,5;{supplier}\n" * 3
    refused = refusal(text.encode(encoding), "list.csv")
    assert refused.code == "unsupported_encoding"
    assert refused.params["encoding"]


def test_separators_inside_quotation_marks_and_line_breaks_in_a_cell():
    reading = read('Leverancier,Land,Steensoort,Ton,Groeve\n"Alfa, Zonen & Co","India",graniet,"10,5","Mijn\nOost"\n')
    record = reading.records[0]
    assert (record.supplier, str(record.tonnes), record.quarry) == ("Alfa, Zonen & Co", "10.5", "Mijn Oost")


def test_a_line_that_declares_the_separator():
    assert read("sep=|\nLeverancier|Land|Steensoort|Ton|Groeve\nA|India|graniet|1|q\n").records[0].supplier == "A"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"<html><table></table></html>", "lijst.csv", "wrong_type"),
        (b"\xef\xbb\xbf  <svg xmlns='http://www.w3.org/2000/svg'/>", "lijst.csv", "wrong_type"),
        (b"<?xml version='1.0'?><a/>", "lijst.xlsx", "wrong_type"),
        (b"%PDF-1.7 PK\x03\x04", "lijst.csv", "wrong_type"),
        (b"%PDF-1.7 PK\x03\x04", "lijst.xlsx", "wrong_type"),
        (BOOK, "lijst.csv", "wrong_type"),
        (BOOK, "lijst.ods", "wrong_type"),
        (BOOK, "lijst.xls", "wrong_type"),
        (BOOK, "lijst.html", "wrong_type"),
        (BOOK, "lijst", "wrong_type"),
        (BOOK, "lijst.xlsm", "macros"),
        (BOOK, "lijst.xlsb", "macros"),
        (opendocument([HEAD, ROW]), "lijst.xlsx", "wrong_type"),
        (archive({"a.txt": b"x"}), "lijst.xlsx", "wrong_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "lijst.xlsx", "wrong_type"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "lijst.xlsx",
            "encrypted",
        ),
        (b"", "lijst.csv", "damaged"),
        (b"PK\x03\x04 and nothing more", "lijst.xlsx", "damaged"),
        (BOOK[: len(BOOK) // 2], "lijst.xlsx", "damaged"),
    ],
)
def test_name_and_content_must_agree(data, name, code):
    assert refusal(data, name).code == code


def test_macros_hidden_under_an_innocent_name():
    assert refusal(changed(BOOK, xl__vbaProject_dot_bin=b"x")).code == "macros"
    types = parts_of(BOOK)["[Content_Types].xml"].replace(
        b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
    )
    assert refusal(archive({**parts_of(BOOK), "[Content_Types].xml": types})).code == "macros"


def test_links_to_other_workbooks_and_embedded_objects_are_refused_but_hyperlinks_are_not():
    assert refusal(changed(BOOK, xl__externalLinks__externalLink1_dot_xml=b"<a/>")).code == "external_links"
    assert refusal(changed(BOOK, xl__embeddings__oleObject1_dot_bin=b"x")).code == "embedded_objects"
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Target="http://example.org/" TargetMode="External" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
    )
    part = "xl/worksheets/_rels/sheet1.xml.rels"
    linked = archive({**parts_of(BOOK), part: relation.format(kind="hyperlink").encode()})
    assert len(read(linked, "boek.xlsx").records) == 1
    fetched = archive({**parts_of(BOOK), part: relation.format(kind="image").encode()})
    assert refusal(fetched).code == "external_links"


@pytest.mark.parametrize(
    "doctype",
    [
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd">',
        b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>',
    ],
)
def test_entities_and_document_types_are_refused(doctype):
    sheet = parts_of(BOOK)[SHEET]
    assert refusal(archive({**parts_of(BOOK), SHEET: doctype + sheet})).code == "has_doctype"
    assert refusal(opendocument([HEAD, ROW], head=doctype.decode()), "lijst.ods").code == "has_doctype"


def test_xml_in_another_encoding_cannot_hide_from_the_checks():
    sheet = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x "y">]><worksheet/>'.encode("utf-16")
    assert refusal(archive({**parts_of(BOOK), SHEET: sheet})).code == "unsupported_encoding"


def test_twenty_thousand_parts():
    many = archive({**parts_of(BOOK), **{f"xl/media/{number}.txt": b"" for number in range(20_000)}})
    assert refusal_in_child(many).code == "bomb"


def test_a_part_that_unpacks_to_a_multiple():
    blanks = parts_of(BOOK)[SHEET].replace(b"</sheetData>", b" " * 60_000_000 + b"</sheetData>")
    refused = refusal_in_child(archive({**parts_of(BOOK), SHEET: blanks}))
    assert (refused.code, refused.params["what"]) == ("bomb", "ratio")


def test_more_than_a_hundred_megabytes_in_total():
    part = zlib.compress(b"", 0) + bytes(range(256)) * 4_000
    parts = {f"xl/media/{number}.bin": part * 45 for number in range(3)}
    refused = refusal(archive({**parts_of(BOOK), **parts}))
    assert refused.code == "bomb"


def test_a_directory_that_states_a_smaller_size_than_comes_out():
    data = bytearray(archive({**parts_of(BOOK), SHEET: parts_of(BOOK)[SHEET] + b" " * 5_000}))
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        position = data.index(b"PK\x01\x02")
        while data[position + 46 : position + 46 + len(SHEET)] != SHEET.encode():
            position = data.index(b"PK\x01\x02", position + 1)
        assert source.getinfo(SHEET).file_size > 5_000
    struct.pack_into("<I", data, position + 24, 100)
    assert refusal(bytes(data)).code in ("bomb", "damaged")


def test_parts_that_overlap():
    data = bytearray(BOOK)
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 1)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    assert refusal(bytes(data)).code in ("bomb", "damaged")


@pytest.mark.parametrize("name", ["../../evil.xml", "/etc/evil.xml", "xl\\evil.xml", "C:evil.xml"])
def test_part_names_that_leave_the_container(name):
    assert refusal(archive({**parts_of(BOOK), name: b"<a/>"})).code == "damaged"


@pytest.mark.parametrize("reference", ["XFD1048576", "A1048576", "XFD1"])
def test_a_far_cell_is_refused_before_any_memory_is_reserved(reference):
    row = reference.lstrip("XFDA")
    cell = f'<row r="{row}"><c r="{reference}"><v>1</v></c></row></sheetData>'.encode()
    far = archive({**parts_of(BOOK), SHEET: parts_of(BOOK)[SHEET].replace(b"</sheetData>", cell)})
    assert refusal(far).code == "bomb"
    assert refusal_in_child(far).code == "bomb"


def test_far_cells_cannot_hide_behind_other_spellings():
    for cell in (
        b"<x:row r='1048576'><x:c s='1' r='XFD1048576'><v>1</v></x:c></x:row>",
        b'<row r="1048576"><c><v>1</v></c></row>',
    ):
        sheet = parts_of(BOOK)[SHEET].replace(b"</sheetData>", cell + b"</sheetData>")
        assert refusal_in_child(archive({**parts_of(BOOK), SHEET: sheet})).code in (
            "bomb",
            "too_heavy",
            "damaged",
        )


def test_cells_far_away_that_carry_only_a_style_do_no_harm():
    styled = parts_of(BOOK)[SHEET].replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    )
    assert len(read(archive({**parts_of(BOOK), SHEET: styled}), "boek.xlsx").records) == 1


def test_repeated_cells_of_an_opendocument_sheet_are_counted_before_they_are_made():
    wide = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string"'
        ' table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>'
    )
    assert refusal_in_child(opendocument([HEAD, ROW], extra_row=wide), "lijst.ods").code == "bomb"
    long = wide.replace(' table:number-columns-repeated="16384"', "")
    assert refusal_in_child(opendocument([HEAD, ROW], extra_row=long), "lijst.ods").code == "too_many_rows"


def test_ten_thousand_rows_pass_and_one_more_does_not():
    row = "A Ltd;India;graniet;1,5;f;q"
    text = "\n".join([";".join(HEAD), *[row] * 10_000])
    assert len(read(text).records) == 10_000
    assert refusal(text + "\n" + row, "lijst.csv").code == "too_many_rows"
    assert len(read(text + "\n" + row, limits=Limits(rows=10_001)).records) == 10_001


def test_a_long_sheet_is_too_long_and_no_bomb():
    book = workbook({"Blad1": [HEAD, *[ROW] * 16_000]})
    assert refusal(book).code == "too_many_rows"


def test_too_many_columns():
    assert refusal(workbook({"Blad1": [[*HEAD, *[f"k{number}" for number in range(200)]], ROW]})).code == "bomb"
    assert refusal(";".join([*HEAD, *["x"] * 200]) + "\n", "lijst.csv").code == "bomb"


def test_a_file_of_more_than_twenty_five_megabytes():
    assert refusal(b"a;b\n" * 7_000_000, "lijst.csv").code == "too_large"


def test_an_encrypted_part():
    data = bytearray(BOOK)
    position = data.index(b"PK\x01\x02")
    data[position + 8] |= 1
    assert refusal(bytes(data)).code == "encrypted"


def test_a_child_that_runs_out_of_time_or_memory_costs_only_this_file():
    rows = "\n".join(
        [";".join(HEAD), *[f"A {number};India;graniet;1,5;f {number};q {number}" for number in range(9_000)]]
    )
    assert refusal_in_child(rows.encode(), "lijst.csv", limits=Limits(child_memory=60_000_000)).code == "too_heavy"
    assert len(read_in_child(rows.encode(), "lijst.csv", vocabulary_directory=REFERENCE).records) == 9_000


def test_the_child_sees_no_settings_of_its_parent(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "canary")
    monkeypatch.setenv("PYTHONSTARTUP", "/nonexistent")
    assert len(read_in_child(BOOK, "boek.xlsx", vocabulary_directory=REFERENCE).records) == 1


def test_a_refusal_in_the_child_carries_its_tables():
    refused = refusal_in_child(b"Datum;Weer\n1-1-2025;regen\n", "lijst.csv")
    assert refused.code == "no_columns"
    assert [column.heading for column in refused.tables[0].columns]
