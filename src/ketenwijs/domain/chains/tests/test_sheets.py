"""The way of a firm's own sheet to chains: read, checked, corrected, confirmed once, all or nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ketenwijs.domain.chains import services
from ketenwijs.domain.chains.models import Chain, IntakeBatch, Link, Site, Supplier
from ketenwijs.domain.chains.selectors import chains_in, sheet_of
from ketenwijs.domain.chains.services import SiteValues
from ketenwijs.domain.chains.tests.factories import (
    add,
    confirmed,
    csv_of,
    example_agreement,
    member,
    opened,
    sample,
    sheet_rows,
    staff,
    taken_in,
    worker,
)
from ketenwijs.domain.chains.wording import fault_sentence
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.files.selectors import file_for
from ketenwijs.foundation.journal import events
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership():
    return member(example_agreement())


@pytest.fixture
def viewer(membership):
    somebody = worker(membership.organisation, "company_user")
    with fenced_for(somebody):
        yield somebody


@pytest.fixture
def workspace(viewer, membership):
    return opened(viewer, membership)


@pytest.mark.parametrize(
    ("name", "rows"),
    [("inkoop-2025-de-linde.xlsx", 38), ("fournisseurs-2025.csv", 17), ("supplier-and-sites-2025.xlsx", 24)],
)
def test_a_firms_own_sheet_becomes_chains_and_no_tonne_is_lost(viewer, workspace, name, rows):
    batch = taken_in(viewer, workspace, sample(name))
    sheet = sheet_of(batch)
    assert len(sheet.rows) == rows
    assert not Chain.objects.exists()
    result = confirmed(viewer, workspace, batch)
    chains = chains_in(workspace)
    assert result["rows"] == rows
    assert result["new"] == len(chains) == len(sheet.chains) <= rows
    assert sum(one.tonnes or 0 for one in chains) == sum(row.tonnes or 0 for row in sheet.rows)
    assert Link.objects.count() == 2 * len(chains)
    assert sum(len(one.rows) for one in chains) == rows
    assert all(one.is_confirmed and one.batch == batch.pk for one in chains)


def test_nothing_is_imported_until_confirmed_though_three_rows_of_many_are_bad(viewer, workspace):
    rows = sheet_rows(200)
    for number in (10, 20, 30):
        rows[number] = (*rows[number][:3], "veel", *rows[number][4:])
    batch = taken_in(viewer, workspace, csv_of(rows))
    sheet = sheet_of(batch)
    assert len(sheet.rows) == 200
    assert [fault.cell for fault in sheet.open_faults] == ["D12", "D22", "D32"]
    assert [row.row for row in sheet.rows_to_look_at] == [12, 22, 32]
    assert not Chain.objects.exists()
    assert not Supplier.objects.exists()
    confirmed(viewer, workspace, batch)
    assert Chain.objects.count() == 200
    assert Chain.objects.filter(tonnes=None).count() == 3


def test_a_row_without_supplier_stops_the_confirmation_and_nothing_is_half_written(viewer, workspace):
    rows = [("", "India", "graniet", 5, "", "", ""), *sheet_rows(3)]
    batch = taken_in(viewer, workspace, csv_of(rows))
    assert [row.problems for row in sheet_of(batch).blocked] == [["supplier_missing"]]
    with pytest.raises(DomainError):
        confirmed(viewer, workspace, batch)
    batch.refresh_from_db()
    assert batch.state == IntakeBatch.State.OPEN
    assert not Chain.objects.exists()
    assert not Site.objects.exists()


def test_a_failure_halfway_leaves_zero_rows_and_the_sheet_can_be_confirmed_again(viewer, workspace, monkeypatch):
    batch = taken_in(viewer, workspace, csv_of(sheet_rows(5)))

    with monkeypatch.context() as patch:
        # The journal is written last: without its event type everything before must be undone.
        patch.delitem(events._types, "chains.sheet.confirmed")
        with pytest.raises(KeyError):
            confirmed(viewer, workspace, batch)
    assert not Chain.objects.exists()
    assert not Supplier.objects.exists()
    batch.refresh_from_db()
    assert batch.state == IntakeBatch.State.OPEN
    assert confirmed(viewer, workspace, batch)["new"] == 5


def test_rows_that_put_one_quarry_in_two_countries_are_told_by_row_until_repaired(viewer, workspace):
    rows = [
        ("Kolar", "India", "graniet", 5, "", "Quarry 8", "Kolar"),
        ("Other", "China", "graniet", 5, "", "Quarry 8", "kolar"),
    ]
    batch = taken_in(viewer, workspace, csv_of(rows))
    (fault,) = [one for one in sheet_of(batch).open_faults if one.code == "country_contradicts"]
    assert (fault.row, fault.params) == (3, {"country": "CN", "other": "IN", "row": 2})
    sentence = fault_sentence(fault, {"CN": "China", "IN": "India"})
    assert "Quarry 8" in sentence and "China" in sentence and "India" in sentence and "row 2" in sentence
    row = sheet_of(batch).rows[1]
    services.correct_row(
        actor=viewer, workspace=workspace, batch=batch, version=batch.version, key=row.key, values={"country": "IN"}
    )
    batch.refresh_from_db()
    assert "country_contradicts" not in {one.code for one in sheet_of(batch).faults}


def test_a_credit_note_without_its_purchase_is_refused_and_one_beside_it_lowers_the_total(viewer, workspace):
    rows = [("Kolar", "India", "graniet", -5, "", "Quarry 8", "Kolar")]
    batch = taken_in(viewer, workspace, csv_of(rows))
    with pytest.raises(DomainError, match="impossible amount"):
        confirmed(viewer, workspace, batch)
    assert not Chain.objects.exists()
    both = [*rows, ("Kolar", "India", "graniet", 12, "", "Quarry 8", "Kolar")]
    confirmed(viewer, workspace, taken_in(viewer, workspace, csv_of(both, "both.csv")))
    assert [one.tonnes for one in Chain.objects.all()] == [7]


def test_confirming_twice_takes_over_once(viewer, workspace):
    batch = taken_in(viewer, workspace, csv_of(sheet_rows(4)))
    stale = IntakeBatch.objects.get(pk=batch.pk)
    confirmed(viewer, workspace, batch)
    with pytest.raises(DomainError):
        confirmed(viewer, workspace, stale)
    assert Chain.objects.count() == 4
    assert JournalEntry.objects.filter(event="chains.sheet.confirmed").count() == 1


def test_the_same_file_again_is_recognised_and_not_doubled(viewer, workspace):
    first = services.take_in_sheet(actor=viewer, workspace=workspace, upload=csv_of(sheet_rows(4)))
    again = services.take_in_sheet(actor=viewer, workspace=workspace, upload=csv_of(sheet_rows(4), "copy.csv"))
    assert (again.known, again.batch.pk) == (True, first.batch.pk)
    confirmed(viewer, workspace, first.batch)
    third = services.take_in_sheet(actor=viewer, workspace=workspace, upload=csv_of(sheet_rows(4)))
    assert (third.known, third.batch.pk) == (True, first.batch.pk)
    assert IntakeBatch.objects.count() == 1


def test_a_file_counts_as_new_again_after_its_chains_were_removed(viewer, workspace):
    first = taken_in(viewer, workspace, csv_of(sheet_rows(2)))
    confirmed(viewer, workspace, first)
    services.remove_chains(actor=viewer, workspace=workspace, pks=list(Chain.objects.values_list("pk", flat=True)))
    again = services.take_in_sheet(actor=viewer, workspace=workspace, upload=csv_of(sheet_rows(2)))
    assert not again.known


def test_as_an_addition_volumes_of_the_same_chain_are_added_up(viewer, workspace):
    confirmed(viewer, workspace, taken_in(viewer, workspace, csv_of(sheet_rows(3))))
    more = [*sheet_rows(2), ("Another", "China", "graniet", 7, "", "", "")]
    result = confirmed(viewer, workspace, taken_in(viewer, workspace, csv_of(more, "second.csv")))
    assert (result["new"], result["changed"], result["gone"]) == (1, 2, 0)
    assert sorted(one.tonnes for one in chains_in(workspace)) == [7, 12, 20, 22]


def test_as_the_whole_list_other_chains_go_and_kept_ones_keep_their_number(viewer, workspace):
    kept = taken_in(viewer, workspace, csv_of(sheet_rows(3)))
    confirmed(viewer, workspace, kept)
    before = {one.supplier: one.pk for one in chains_in(workspace)}
    rows = [sheet_rows(3)[0], (*sheet_rows(3)[1][:3], 99, *sheet_rows(3)[1][4:])]
    result = confirmed(viewer, workspace, taken_in(viewer, workspace, csv_of(rows, "whole.csv")), services.REPLACE)
    assert (result["new"], result["changed"], result["same"], result["gone"]) == (0, 1, 1, 1)
    after = {one.supplier: (one.pk, one.tonnes) for one in chains_in(workspace)}
    assert after == {"Supplier 0": (before["Supplier 0"], 10), "Supplier 1": (before["Supplier 1"], 99)}


def test_a_sheet_on_top_of_carried_chains_takes_this_years_figure(viewer, membership):
    earlier = opened(viewer, membership, "2023-2024")
    add(viewer, earlier, "Supplier 0", tonnes=500, factory=SiteValues(name="Unit 1"))
    workspace = opened(viewer, membership)
    services.carry_over(actor=viewer, workspace=workspace, previous_year_code="2023-2024")
    rows = [("Supplier 0", "India", "graniet", 10, "Unit 1", "Quarry 8", "Kolar, Karnataka")]
    batch = taken_in(viewer, workspace, csv_of(rows))
    confirmed(viewer, workspace, batch)
    assert [(one.tonnes, one.is_confirmed) for one in chains_in(workspace)] == [(10, True)]


def test_a_row_is_repaired_on_screen_and_can_be_taken_as_read_again(viewer, workspace):
    rows = [("", "India", "graniet", 5, "", "", ""), *sheet_rows(1)]
    batch = taken_in(viewer, workspace, csv_of(rows))
    key = sheet_of(batch).rows[0].key
    values = {"supplier": "Found it", "country": "VN", "tonnes": None}
    batch = services.correct_row(actor=viewer, workspace=workspace, batch=batch, version=1, key=key, values=values)
    row = sheet_of(batch).rows[0]
    assert (row.supplier, row.country, row.tonnes, row.corrected) == ("Found it", "VN", None, True)
    assert batch.row_edits[key]["values"] == {"supplier": "Found it", "country": "VN", "tonnes": None}
    assert not sheet_of(batch).blocked
    batch = services.restore_row(actor=viewer, workspace=workspace, batch=batch, version=2, key=key)
    assert sheet_of(batch).blocked


def test_a_row_left_out_does_not_become_a_chain(viewer, workspace):
    batch = taken_in(viewer, workspace, csv_of(sheet_rows(3)))
    key = sheet_of(batch).rows[1].key
    batch = services.leave_row_out(actor=viewer, workspace=workspace, batch=batch, version=1, key=key)
    assert confirmed(viewer, workspace, batch)["new"] == 2
    assert {one.supplier for one in chains_in(workspace)} == {"Supplier 0", "Supplier 2"}


def test_two_people_correcting_the_same_sheet_do_not_overwrite_each_other(viewer, workspace):
    batch = taken_in(viewer, workspace, csv_of(sheet_rows(3)))
    keys = [row.key for row in sheet_of(batch).rows]
    services.leave_row_out(actor=viewer, workspace=workspace, batch=batch, version=1, key=keys[0])
    other = IntakeBatch.objects.get(pk=batch.pk)
    with pytest.raises(StaleVersion):
        services.leave_row_out(actor=viewer, workspace=workspace, batch=other, version=1, key=keys[1])
    with pytest.raises(StaleVersion):
        services.confirm_sheet(actor=viewer, workspace=workspace, batch=other, version=1, mode=services.ADD)
    assert not Chain.objects.exists()


def test_columns_said_by_the_person_are_read_again_and_row_repairs_stay(viewer, workspace):
    batch = taken_in(viewer, workspace, csv_of(sheet_rows(3)))
    key = sheet_of(batch).rows[0].key
    batch = services.correct_row(
        actor=viewer, workspace=workspace, batch=batch, version=1, key=key, values={"supplier": "Typed"}
    )
    sheet_name = sheet_of(batch).tables[0].sheet
    mapping = {(sheet_name, 4): "quarry", (sheet_name, 5): "factory"}
    batch = services.correct_columns(actor=viewer, workspace=workspace, batch=batch, version=2, mapping=mapping)
    rows = sheet_of(batch).rows
    assert (rows[1].factory, rows[1].quarry) == ("Quarry 1", "Factory 1")
    assert rows[0].supplier == "Typed"


def test_an_unknown_field_for_a_column_is_refused(viewer, workspace):
    batch = taken_in(viewer, workspace, csv_of(sheet_rows(2)))
    with pytest.raises(DomainError):
        services.correct_columns(
            actor=viewer, workspace=workspace, batch=batch, version=1, mapping={("inkoop", 0): "is_staff"}
        )


def test_extra_names_in_a_corrected_row_are_refused(viewer, workspace):
    batch = taken_in(viewer, workspace, csv_of(sheet_rows(2)))
    key = sheet_of(batch).rows[0].key
    with pytest.raises(DomainError):
        services.correct_row(
            actor=viewer, workspace=workspace, batch=batch, version=1, key=key, values={"organisation": 1}
        )


def test_a_dropped_sheet_makes_no_chains_and_cannot_be_confirmed(viewer, workspace):
    batch = taken_in(viewer, workspace, csv_of(sheet_rows(2)))
    services.drop_sheet(actor=viewer, workspace=workspace, batch=batch)
    with pytest.raises(DomainError):
        confirmed(viewer, workspace, batch)
    assert not Chain.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.xls", b"\xd0\xcf\x11\xe0old"),
        ("list.xlsm", b"PK\x03\x04"),
        ("list.csv", b"<html><script>alert(1)</script></html>"),
        ("list.xlsx", b"%PDF-1.7 not a sheet"),
        ("list.csv", b""),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_with_a_sentence_and_not_kept(viewer, workspace, name, content):
    with pytest.raises(DomainError) as refusal:
        taken_in(viewer, workspace, SimpleUploadedFile(name, content))
    assert str(refusal.value).strip()
    assert not IntakeBatch.objects.exists()


def test_staff_cannot_take_a_sheet_in(membership):
    adviser = staff(membership.agreement, "adviser")
    with fenced_for(adviser), pytest.raises(NotAllowed):
        taken_in(adviser, opened(adviser, membership), csv_of(sheet_rows(1)))


def test_confirming_needs_a_steady_number_of_queries_however_many_rows(
    viewer, workspace, django_assert_max_num_queries
):
    counts = []
    for number in (10, 60):
        rows = [(f"{number} {row[0]}", *row[1:]) for row in sheet_rows(number)]
        batch = taken_in(viewer, workspace, csv_of(rows, f"{number}.csv"))
        with django_assert_max_num_queries(40) as captured:
            confirmed(viewer, workspace, batch)
        counts.append(len(captured))
    # The engine takes some hundreds of values in one statement, so six times the rows need one more per table.
    assert counts[1] <= counts[0] + 3, counts


def test_the_original_stays_downloadable_for_the_firm_and_not_for_another(viewer, workspace):
    batch = taken_in(viewer, workspace, csv_of(sheet_rows(2)))
    confirmed(viewer, workspace, batch)
    assert file_for(viewer, batch.file_id) is not None
    stranger = worker(member(workspace.agreement, "Other BV").organisation)
    assert file_for(stranger, batch.file_id) is None
