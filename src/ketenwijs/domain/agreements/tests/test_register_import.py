"""The register of the first day: read in any language, every fault by row and column, taken over at once or
not at all.
"""

import csv
import io
import zipfile
from datetime import date

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from ketenwijs.domain.agreements import services
from ketenwijs.domain.agreements.models import LevelPeriod, Membership, PlanLink
from ketenwijs.domain.agreements.register.checking import check_rows, day_of
from ketenwijs.domain.agreements.register.columns import COLUMNS, field_of, heading_of
from ketenwijs.domain.agreements.register.reading import read_register
from ketenwijs.domain.agreements.register.sealing import sealed, unsealed
from ketenwijs.domain.agreements.register.template import register_template
from ketenwijs.domain.agreements.register.words import vocabulary_of
from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.agreements.tests.factories import ROBOT, company, example_agreement, staff
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.publishing.selectors import current, history
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

TODAY = date(2026, 1, 1)
FIELDS = (
    "name",
    "kind",
    "subkind",
    "country",
    "joined_on",
    "left_on",
    "exit_reason",
    "group",
    "kvk",
    "value",
    "number",
    "report_year",
    "since",
    "plan_year",
    "plan_url",
)
GOOD = {
    "name": "Voorbeeld Graniet BV",
    "kind": "deelnemer",
    "subkind": "importeur",
    "country": "Nederland",
    "joined_on": "1-10-2020",
    "group": "C",
    "kvk": "12345678",
    "value": "groen",
    "number": "1",
    "report_year": "2020-2021",
    "since": "2022-01-15",
    "plan_year": "2020-2021",
    "plan_url": "https://example.org/plan",
}


def sheet(*rows, language="nl", fields=FIELDS):
    """A csv as a spreadsheet program of the Low Countries saves it."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";")
    writer.writerow([heading_of(field, language) for field in fields])
    writer.writerows([[row.get(field, "") for field in fields] for row in rows])
    return stream.getvalue().encode("utf-8-sig")


def workbook(*rows, language="fr", title_above=True):
    """An xlsx with a title above the headings and real dates and numbers in the cells."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet("Registre")
    line = 0
    if title_above:
        page.write(0, 0, "Registre au 1er janvier")
        line = 2
    for place, field in enumerate(FIELDS):
        page.write(line, place, heading_of(field, language))
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for number, row in enumerate(rows, start=line + 1):
        for place, field in enumerate(FIELDS):
            value = row.get(field)
            if isinstance(value, date):
                page.write_datetime(number, place, value, day)
            elif value is not None:
                page.write(number, place, value)
    book.close()
    return stream.getvalue()


@pytest.fixture
def agreement(db):
    return example_agreement()


@pytest.fixture
def vocabulary(agreement):
    words = vocabulary_of(definition_of(agreement), TODAY)
    green = {"colours": {**words.outcomes["colours"], "green": ("groen", "vert", "green")}}
    return type(words)(**{**words.__dict__, "outcomes": {**words.outcomes, **green}})


def checked(vocabulary, *rows):
    return check_rows(read_register(sheet(*rows), "register.csv").rows, vocabulary)


def test_a_dutch_csv_is_read_with_names_for_codes(vocabulary):
    rows, faults = checked(vocabulary, GOOD)
    assert faults == []
    (row,) = rows
    assert (row.kind, row.subkind, row.country, row.group) == ("participant", "importer", "NL", "C")
    assert (row.joined_on, row.identifiers) == (date(2020, 10, 1), {"kvk": "12345678"})
    assert [(one.scheme, one.value, one.number, one.since) for one in row.outcomes] == [
        ("colours", "green", 1, date(2022, 1, 15))
    ]
    assert row.plans[0].url == "https://example.org/plan"


def test_a_french_workbook_with_a_title_real_dates_and_numbers_reads_the_same(vocabulary):
    french = {
        **GOOD,
        "kind": "entreprise affiliée",
        "subkind": "Importateur",
        "country": "Pays-Bas",
        "value": "vert",
        "joined_on": date(2020, 10, 1),
        "since": date(2022, 1, 15),
        "kvk": 12345678,
        "number": 1,
    }
    assert check_rows(read_register(workbook(french), "x.xlsx").rows, vocabulary)[0][0].model_dump(
        exclude={"rows"}
    ) == checked(vocabulary, GOOD)[0][0].model_dump(exclude={"rows"})


def test_further_rows_of_the_same_name_add_outcomes_and_plans(vocabulary):
    more = {
        "name": "VOORBEELD graniet b.v.",
        "value": "orange",
        "number": "2",
        "report_year": "2021-2022",
        "since": "2023-01-15",
    }
    rows, faults = checked(vocabulary, GOOD, more)
    assert faults == []
    assert [one.number for one in rows[0].outcomes] == [1, 2]
    assert rows[0].rows == [2, 3]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "friend"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"country": "Atlantis"}, "country"),
        ({"subkind": "baker"}, "subkind"),
        ({"joined_on": "2020"}, "joined_on"),
        ({"joined_on": "31-02-2020"}, "joined_on"),
        ({"joined_on": "1-10-2031"}, "joined_on"),
        ({"left_on": "1-1-2019", "exit_reason": "closed"}, "left_on"),
        ({"left_on": "1-1-2024"}, "exit_reason"),
        ({"left_on": "1-1-2024", "exit_reason": "boredom"}, "exit_reason"),
        ({"group": ""}, "group"),
        ({"group": "Z"}, "group"),
        ({"kvk": "1234"}, "kvk"),
        ({"value": "purple"}, "value"),
        ({"since": ""}, "since"),
        ({"since": "2019-01-01"}, "since"),
        ({"number": "first"}, "number"),
        ({"report_year": "2001"}, "report_year"),
        ({"plan_year": ""}, "plan_year"),
        ({"plan_url": "javascript:alert(1)"}, "plan_url"),
        ({"kind": "aanbestedende dienst", "subkind": "gemeente"}, "value"),
    ],
)
def test_each_fault_names_its_row_and_column(vocabulary, changes, field):
    _rows, faults = checked(vocabulary, {**GOOD, "name": "Before", "kvk": ""}, {**GOOD, **changes})
    assert [(fault.row, fault.field) for fault in faults if fault.row == 3] == [(3, field)]


def test_all_faults_of_a_row_are_told_at_once_and_rows_below_it_add_none_of_their_own(vocabulary):
    wrong = {**GOOD, "country": "Atlantis", "subkind": "baker", "kvk": "1", "value": "purple", "number": "x"}
    below = {"name": GOOD["name"], "value": "orange", "since": "2023-01-15"}
    rows, faults = checked(vocabulary, wrong, below)
    assert rows == []
    assert sorted((fault.row, fault.field) for fault in faults) == [
        (2, "country"),
        (2, "kvk"),
        (2, "number"),
        (2, "subkind"),
        (2, "value"),
    ]


def test_the_same_membership_twice_and_one_number_for_two_names_are_faults(vocabulary):
    twice = checked(vocabulary, GOOD, GOOD)[1]
    assert [(fault.row, fault.field) for fault in twice] == [(3, "name")]
    shared = checked(vocabulary, GOOD, {**GOOD, "name": "Another"})[1]
    assert [(fault.row, fault.field) for fault in shared] == [(3, "kvk")]


def test_one_word_for_two_kinds_of_outcome_needs_the_kind(vocabulary):
    both = type(vocabulary)(**{**vocabulary.__dict__, "outcomes": {"a": {"one": ("same",)}, "b": {"two": ("same",)}}})
    assert check_rows(read_register(sheet({**GOOD, "value": "same"}), "r.csv").rows, both)[1][0].field == "value"


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"a;b;c\n1;2;3\n", "r.csv", "headings"),
        (b"not a workbook", "r.xlsx", "cannot be read"),
        (b"\x00\x01binary", "r.csv", "cannot be read"),
        (b"x" * (5 * 1024 * 1024 + 1), "r.csv", "larger than 5 MB"),
    ],
)
def test_what_is_no_register_sheet_is_refused_in_one_sentence(content, name, sentence):
    with pytest.raises(DomainError, match=sentence):
        read_register(content, name)


def packed(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_bombs_and_macros_are_refused_before_anything_is_unpacked():
    with pytest.raises(DomainError, match="unpacks"):
        read_register(packed(**{"xl/sheet.xml": b"0" * (61 * 1024 * 1024)}), "r.xlsx")
    with pytest.raises(DomainError, match="unpacks"):
        read_register(packed(**{f"part{n}": b"" for n in range(501)}), "r.xlsx")
    with pytest.raises(DomainError, match="macros"):
        read_register(packed(**{"xl/vbaProject.bin": b"code"}), "r.xlsm")


def test_cells_far_outside_a_register_are_refused_before_reading():
    far = b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    with pytest.raises(DomainError, match="far outside"):
        read_register(packed(**{"xl/worksheets/sheet1.xml": far}), "r.xlsx")
    many = (
        b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string">'
        b"<text:p>x</text:p></table:table-cell></table:table-row>"
    )
    with pytest.raises(DomainError, match="far outside"):
        read_register(packed(**{"content.xml": many}), "r.ods")


def test_more_rows_than_a_register_can_have_are_refused():
    with pytest.raises(DomainError, match="5,000 rows"):
        read_register(sheet(*[GOOD] * 5001), "r.csv")


def test_headings_are_known_in_three_languages_and_days_in_two_notations():
    for column in COLUMNS:
        for headings in column.headings.values():
            assert [field_of(heading.upper()) for heading in headings] == [column.field] * len(headings)
    assert day_of("2021-10-01") == day_of("01/10/2021") == day_of("1.10.2021") == date(2021, 10, 1)
    assert day_of("10-2021") is None


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_template_can_be_filled_and_read_back(vocabulary, language):
    content = register_template(vocabulary, language)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    headings = book.get_sheet_by_index(0).to_python()[0]
    assert [field_of(heading) for heading in headings] == [column.field for column in COLUMNS]
    codes = {row[1] for row in book.get_sheet_by_index(1).to_python()}
    assert {"participant", "importer", "C", "green", "own_choice", "2020-2021"} <= codes


def test_taking_over_makes_organisations_memberships_outcomes_links_and_public_copies(agreement, vocabulary):
    city = {
        "name": "Voorbeeldstad",
        "kind": "authority",
        "subkind": "gemeente",
        "country": "BE",
        "joined_on": "2021-05-01",
    }
    gone = {
        **GOOD,
        "name": "Voorbeeld Vertrokken",
        "kvk": "",
        "left_on": "2023-02-01",
        "exit_reason": "closed",
    }
    rows, faults = checked(vocabulary, GOOD, city, gone)
    assert faults == []
    actor = staff(agreement)
    result = services.import_register(actor=actor, agreement=agreement, rows=rows)
    assert (result.begun, result.known, result.outcomes, result.plans) == (3, 0, 2, 2)
    firm = Organisation.objects.get(name="Voorbeeld Graniet BV")
    key = f"{agreement.slug}/{firm.reference}"
    assert current("agreements.member", key).payload["outcomes"][0]["value"] == "green"
    assert history("agreements.member", key).count() == 1
    left = Membership.objects.get(organisation__name="Voorbeeld Vertrokken")
    assert (left.left_on, left.exit_reason) == (date(2023, 2, 1), "closed")
    assert JournalEntry.objects.filter(event="agreements.register.imported", chain=agreement.slug).count() == 1


def test_taking_over_twice_adds_nothing_twice(agreement, vocabulary):
    rows, _faults = checked(vocabulary, GOOD)
    services.import_register(actor=ROBOT, agreement=agreement, rows=rows)
    again = services.import_register(actor=ROBOT, agreement=agreement, rows=rows)
    assert (again.begun, again.known, again.outcomes, again.plans) == (0, 1, 0, 0)
    assert [model.objects.count() for model in (Membership, LevelPeriod, PlanLink)] == [1, 1, 1]


def test_an_organisation_known_by_its_number_is_not_made_again(agreement, vocabulary):
    known = company("Known under another name", identifiers={"kvk": "12345678"})
    rows, _faults = checked(vocabulary, GOOD)
    services.import_register(actor=ROBOT, agreement=agreement, rows=rows)
    assert Membership.objects.get().organisation == known


def test_one_refusal_leaves_nothing_behind_and_names_the_row(agreement, vocabulary):
    rows, _faults = checked(vocabulary, GOOD, {**GOOD, "name": "Second", "kvk": "", "joined_on": "2021-10-01"})
    rows[1].group = "Z"
    with pytest.raises(DomainError, match="Row 3 .*Nothing was taken over"):
        services.import_register(actor=ROBOT, agreement=agreement, rows=rows)
    assert not Membership.objects.exists()
    assert not Organisation.objects.exists()


def test_only_the_lead_takes_over_a_register(agreement, vocabulary):
    with pytest.raises(NotAllowed):
        services.import_register(actor=staff(agreement, "adviser"), agreement=agreement, rows=[])


def test_a_sealed_preview_is_for_one_person_and_one_agreement(vocabulary):
    rows, _faults = checked(vocabulary, GOOD)
    text = sealed(rows, agreement="one", by="person:1")
    assert unsealed(text, agreement="one", by="person:1") == rows
    for changes in ({"agreement": "two"}, {"by": "person:2"}):
        with pytest.raises(DomainError, match="no longer valid"):
            unsealed(text, **{"agreement": "one", "by": "person:1", **changes})
    with pytest.raises(DomainError, match="no longer valid"):
        unsealed(text[:-3] + "abc", agreement="one", by="person:1")
