"""The pages themselves: they show the sheet's faults by cell, keep typed text, and need few queries."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from ketenwijs.domain.chains import services
from ketenwijs.domain.chains.exports import workbook_of
from ketenwijs.domain.chains.models import Chain, IntakeBatch, Link, Site
from ketenwijs.domain.chains.selectors import chains_in
from ketenwijs.domain.chains.services import SiteValues
from ketenwijs.domain.chains.tests.factories import (
    NEXT_YEAR,
    YEAR,
    add,
    confirmed,
    csv_of,
    example_agreement,
    member,
    opened,
    sample,
    sheet_rows,
    sign_in,
    staff,
    taken_in,
    worker,
)
from ketenwijs.foundation.access.fence import fenced_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership():
    return member(example_agreement())


@pytest.fixture
def viewer(membership, client):
    somebody = worker(membership.organisation, "company_user")
    sign_in(client, somebody)
    translation.activate("en")
    client.cookies["django_language"] = "en"
    with fenced_for(somebody):
        yield somebody
    translation.deactivate()


@pytest.fixture
def workspace(viewer, membership):
    return opened(viewer, membership)


def address(name, workspace, *more, year=YEAR):
    return reverse(f"chains:{name}", args=[workspace.organisation.reference, workspace.agreement.slug, year, *more])


def test_a_sheet_goes_from_upload_to_the_list_through_the_pages(client, workspace):
    answer = client.post(address("upload", workspace), {"file": sample("supplier-and-sites-2025.xlsx")})
    batch = IntakeBatch.objects.get()
    assert answer.headers["Location"] == address("sheet", workspace, batch.pk)
    page = client.get(answer.headers["Location"]).content.decode()
    assert "24 rows read" in page
    assert client.get(address("rows", workspace, batch.pk)).status_code == 200
    assert client.get(address("columns", workspace, batch.pk)).status_code == 200
    assert client.get(address("proposal", workspace, batch.pk)).status_code == 200
    assert not Chain.objects.exists()
    done = client.post(address("sheet_confirm", workspace, batch.pk), {"version": 1, "mode": "add"}, follow=True)
    assert done.redirect_chain[-1][0] == address("overview", workspace)
    assert Chain.objects.count() > 0
    assert client.get(address("sheet", workspace, batch.pk)).status_code == 200


def test_faults_are_named_by_cell_and_lead_to_the_row(client, viewer, workspace):
    rows = [("", "India", "graniet", 5, "", "", ""), *sheet_rows(3)]
    rows[2] = (*rows[2][:3], "veel", *rows[2][4:])
    batch = taken_in(viewer, workspace, csv_of(rows))
    page = client.get(address("sheet", workspace, batch.pk)).content.decode()
    assert "4 rows read" in page
    assert "2 need a look" in page
    assert "D4" in page
    assert "“veel” is not a number" in page
    assert address("row", workspace, batch.pk, 0) in page
    assert 'value="add"' not in page or "Take over 3" not in page
    saved = client.post(
        address("row", workspace, batch.pk, 0),
        {
            "version": 1,
            "act": "save",
            "supplier": "Found",
            "country": "IN",
            "material": "granite",
            "tonnes": "5,25",
        },
    )
    assert saved.status_code == 302
    left_out = client.post(address("row", workspace, batch.pk, 2), {"version": 2, "act": "leave_out"})
    assert left_out.status_code == 302
    assert "nothing" in client.get(address("sheet", workspace, batch.pk)).content.decode().lower()


def test_columns_are_corrected_on_the_page_and_one_meaning_for_two_columns_is_refused(client, viewer, workspace):
    batch = taken_in(viewer, workspace, csv_of(sheet_rows(3)))
    names = [f"table0_column{number}" for number in range(7)]
    fields = ["supplier", "country", "material", "tonnes", "factory", "quarry", "quarry_place"]
    double = client.post(
        address("columns", workspace, batch.pk),
        {"version": 1, **dict(zip(names, ["supplier"] * 7, strict=False))},
    )
    assert double.status_code == 200
    assert "cannot both be this" in double.content.decode()
    fields[4], fields[5] = "quarry", "factory"
    answer = client.post(
        address("columns", workspace, batch.pk), {"version": 1, **dict(zip(names, fields, strict=False))}
    )
    assert answer.status_code == 302
    assert "Factory 1" in client.get(address("rows", workspace, batch.pk)).content.decode()
    batch.refresh_from_db()
    assert len(batch.mapping["columns"]) == 2


def test_a_sheet_whose_columns_are_not_recognised_asks_what_they_are(client, viewer, workspace):
    content = "aa;bb;cc\r\n" + "\r\n".join(f"x{n};y{n};z{n}" for n in range(5))
    answer = client.post(
        address("upload", workspace), {"file": SimpleUploadedFile("odd.csv", content.encode())}, follow=True
    )
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "columns" in page
    assert not Chain.objects.exists()


def test_an_unreadable_file_is_refused_on_the_page_with_what_to_do(client, workspace):
    answer = client.post(address("upload", workspace), {"file": SimpleUploadedFile("list.xlsx", b"no sheet")})
    assert answer.status_code == 200
    assert "upload" in answer.content.decode()
    assert not IntakeBatch.objects.exists()


def test_the_same_file_again_leads_to_what_is_there(client, viewer, workspace):
    first = taken_in(viewer, workspace, csv_of(sheet_rows(2)))
    answer = client.post(address("upload", workspace), {"file": csv_of(sheet_rows(2))}, follow=True)
    assert answer.redirect_chain[-1][0] == address("sheet", workspace, first.pk)
    assert IntakeBatch.objects.count() == 1


def test_a_refused_chain_keeps_what_was_typed(client, workspace):
    typed = {
        "version": 0,
        "supplier": "Typed by hand",
        "country": "",
        "material": "granite",
        "tonnes": "1.234,5",
    }
    answer = client.post(address("add", workspace), typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Typed by hand" in page
    assert "1.234,5" in page
    assert not Chain.objects.exists()


def test_enter_saves_the_chain_and_adds_no_place(client, workspace):
    page = client.get(address("add", workspace)).content.decode()
    form = page[page.index('<form class="kw-form"') :]
    first = form[form.index("<button") :].split("</button>")[0]
    assert "Save" in first and "name=" not in first


def test_the_list_says_how_a_place_is_known_and_what_may_not_be_named(client, viewer, workspace):
    quarry = SiteValues(
        name="Quarry 8",
        place="Kolar",
        confidence=Link.Confidence.DOCUMENTED,
        source="bill of lading",
        may_name_area=False,
    )
    add(viewer, workspace, quarry=quarry)
    page = client.get(address("overview", workspace)).content.decode()
    assert "shown by a document: bill of lading" in page
    assert "area not to be published" in page
    assert "stated by the supplier" not in page


def test_an_outdated_form_answers_409_with_both_versions(client, viewer, workspace):
    chain = add(viewer, workspace)
    page = address("change", workspace, chain.pk)
    typed = {"version": 1, "supplier": "First save", "country": "IN", "material": "granite"}
    assert client.post(page, typed).status_code == 302
    late = client.post(page, {**typed, "supplier": "Second save"})
    assert late.status_code == 409
    assert "First save" in late.content.decode()
    assert "Second save" in late.content.decode()
    again = client.post(page, {**typed, "supplier": "Second save", "version": 2})
    assert again.status_code == 302


def test_an_unchanged_firm_confirms_last_years_chains_in_two_presses(client, viewer, membership, workspace):
    add(viewer, workspace)
    add(viewer, workspace, "Second")
    following = opened(viewer, membership, NEXT_YEAR)
    start = client.get(address("overview", following, year=NEXT_YEAR)).content.decode()
    assert YEAR in start
    client.post(address("carry_over", following, year=NEXT_YEAR))
    client.post(address("confirm", following, year=NEXT_YEAR), {"waiting": "2"})
    assert Chain.objects.filter(year=NEXT_YEAR, confirmed_at__isnull=False).count() == 2


def test_the_overview_needs_a_steady_number_of_queries(client, viewer, workspace, django_assert_max_num_queries):
    add(viewer, workspace)
    client.get(address("overview", workspace))  # content is read once per process
    counts = []
    client.get(address("overview", workspace))  # what content says is read once per process
    for number in (10, 60):
        rows = [(f"{number} {row[0]}", *row[1:]) for row in sheet_rows(number)]
        confirmed(viewer, workspace, taken_in(viewer, workspace, csv_of(rows, f"{number}.csv")))
        with django_assert_max_num_queries(15) as captured:
            assert client.get(address("overview", workspace)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_pages_of_a_sheet_need_a_steady_number_of_queries(client, viewer, workspace, django_assert_max_num_queries):
    client.get(address("overview", workspace))  # content is read once per process
    counts = []
    for number in (10, 60):
        batch = taken_in(viewer, workspace, csv_of(sheet_rows(number), f"{number}.csv"))
        for name in ("sheet", "rows", "proposal", "columns"):
            with django_assert_max_num_queries(15) as captured:
                assert client.get(address(name, workspace, batch.pk)).status_code == 200
            counts.append((name, len(captured)))
    assert counts[:4] == counts[4:]


def test_nonsense_in_the_address_is_no_server_error(client, viewer, workspace):
    batch = taken_in(viewer, workspace, csv_of(sheet_rows(2)))
    assert client.get(address("row", workspace, batch.pk, 99)).status_code == 404
    assert client.get(address("rows", workspace, batch.pk), {"page": "-1", "show": "x"}).status_code == 200
    assert client.post(address("remove", workspace), {"chain": ["x", "9" * 30, "1.5"]}).status_code == 302
    assert client.post(address("confirm", workspace), {"waiting": "9" * 30}).status_code == 302
    assert client.post(address("sheet_confirm", workspace, batch.pk), {"mode": "all"}).status_code == 302
    assert client.get(address("overview", workspace, year="1999-2000")).status_code == 404


def test_staff_see_the_overview_without_buttons(client, viewer, membership, workspace):
    add(viewer, workspace)
    sign_in(client, staff(membership.agreement, "adviser"))
    page = client.get(address("overview", workspace)).content.decode()
    assert "Kolar Stone Exports" in page
    assert address("add", workspace) not in page
    assert address("remove", workspace) not in page


def test_a_formula_in_a_name_is_text_in_the_download(viewer, workspace):
    add(viewer, workspace, '=HYPERLINK("http://x.example","click")')
    add(viewer, workspace, "+cmd|' /C calc'!A0")
    content = workbook_of(chains_in(workspace), title="test")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
        names = book.namelist()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet.lower()
    assert "=HYPERLINK" in strings
    assert "+cmd|" in strings
    assert not [name for name in names if "comments" in name or "vba" in name]


def test_the_download_holds_one_row_per_chain(client, viewer, workspace):
    add(viewer, workspace)
    answer = client.get(address("export", workspace))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert zipfile.is_zipfile(io.BytesIO(answer.content))
    assert services.ADD == "add"


def test_beside_the_map_stand_its_countries_and_its_dots_in_words(client, viewer, workspace):
    add(viewer, workspace)
    add(viewer, workspace, "Second", quarry=SiteValues())
    add(viewer, workspace, "Third", country="PT", factory=SiteValues(), quarry=SiteValues())
    Site.objects.filter(kind="quarry").update(latitude="13.13690", longitude="78.12920")
    answer = client.get(address("overview", workspace))
    found = [(one.country, one.chains, one.quarries) for one in answer.context["origins"]]
    assert found == [("India", 2, 1), ("Portugal", 1, 0)]
    (dot,) = answer.context["points"]
    assert (dot.name, dot.country, dot.chains) == ("Quarry 8", "India", 1)
    text = answer.content.decode()
    assert "Places with coordinates" in text and f">{dot.latitude}<" in text and dot.latitude.startswith("13")


def test_the_page_offers_last_years_chains_until_they_came_along(client, viewer, membership, workspace):
    add(viewer, workspace)
    following = opened(viewer, membership, NEXT_YEAR)
    add(viewer, following, "Second")
    offered = f'action="{address("carry_over", following, year=NEXT_YEAR)}"'
    assert offered in client.get(address("overview", following, year=NEXT_YEAR)).content.decode()
    client.post(address("carry_over", following, year=NEXT_YEAR))
    assert len(chains_in(following)) == 2
    assert offered not in client.get(address("overview", following, year=NEXT_YEAR)).content.decode()
