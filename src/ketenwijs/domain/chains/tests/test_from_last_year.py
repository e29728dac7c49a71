"""What a firm did last year helps this year: columns it named, the difference to last year, and one press to confirm."""

from decimal import Decimal

import pytest
from django.utils import translation

from ketenwijs.domain.chains import services
from ketenwijs.domain.chains.models import Chain, ColumnChoice
from ketenwijs.domain.chains.selectors import chains_in, sheet_of
from ketenwijs.domain.chains.tests.factories import (
    NEXT_YEAR,
    YEAR,
    add,
    csv_of,
    example_agreement,
    member,
    opened,
    sheet_rows,
    sign_in,
    taken_in,
    worker,
)
from ketenwijs.domain.chains.tests.test_pages import address
from ketenwijs.foundation.access.fence import fenced_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return example_agreement()


@pytest.fixture
def membership(agreement):
    return member(agreement)


@pytest.fixture
def viewer(membership, client):
    somebody = worker(membership.organisation, "company_user")
    sign_in(client, somebody)
    client.cookies["django_language"] = "en"
    with fenced_for(somebody), translation.override("en"):
        yield somebody


@pytest.fixture
def workspace(viewer, membership):
    return opened(viewer, membership)


@pytest.fixture
def following(viewer, membership, workspace):
    return opened(viewer, membership, NEXT_YEAR)


def swap_factory_and_quarry(viewer, workspace):
    batch = taken_in(viewer, workspace, csv_of(sheet_rows(2)))
    sheet = sheet_of(batch).tables[0].sheet
    mapping = {(sheet, 4): "quarry", (sheet, 5): "factory", (sheet, 6): None}
    return services.correct_columns(actor=viewer, workspace=workspace, batch=batch, version=1, mapping=mapping)


def test_columns_a_firm_named_are_read_so_in_its_next_sheet_with_the_same_headings(viewer, workspace, following):
    swap_factory_and_quarry(viewer, workspace)
    taken = services.take_in_sheet(actor=viewer, workspace=following, upload=csv_of(sheet_rows(3), "volgend.csv"))
    row = sheet_of(taken.batch).rows[0]
    assert taken.remembered
    assert (row.factory, row.quarry, row.quarry_place) == ("Quarry 0", "Factory 0", "")


def test_another_firm_is_not_told_how_the_first_named_its_columns(viewer, agreement, workspace):
    swap_factory_and_quarry(viewer, workspace)
    elsewhere = member(agreement, "Voorbeeld Hardsteen BV")
    stranger = worker(elsewhere.organisation, name="stranger")
    with fenced_for(stranger):
        taken = services.take_in_sheet(
            actor=stranger, workspace=opened(stranger, elsewhere), upload=csv_of(sheet_rows(2), "ander.csv")
        )
        assert not taken.remembered and sheet_of(taken.batch).rows[0].factory == "Factory 0"
        assert not ColumnChoice.objects.exists()


def test_a_choice_that_reads_nothing_now_leaves_the_readers_own_proposal(viewer, workspace, following):
    batch = swap_factory_and_quarry(viewer, workspace)
    sheet = sheet_of(batch).tables[0].sheet
    for column in (0, 2, 3):
        ColumnChoice.objects.create(
            organisation=workspace.organisation, headings=ColumnChoice.objects.first().headings, column=column, field=""
        )
    taken = services.take_in_sheet(actor=viewer, workspace=following, upload=csv_of(sheet_rows(2), "volgend.csv"))
    assert sheet and not taken.remembered
    assert sheet_of(taken.batch).rows[0].supplier == "Supplier 0"


def test_a_first_sheet_of_the_year_is_compared_with_last_year(client, viewer, workspace, following):
    add(viewer, workspace, supplier="Stays", tonnes=Decimal(5))
    add(viewer, workspace, supplier="Grows", tonnes=Decimal(7))
    add(viewer, workspace, supplier="Gone", tonnes=Decimal(1))
    where = ("Unit 1", "Quarry 8", "Kolar, Karnataka")
    rows = [(name, "India", "graniet", tonnes, *where) for name, tonnes in (("Stays", 5), ("Grows", 9), ("New", 3))]
    for chain in Chain.objects.all():
        factory = chain.links.get(kind="factory").site
        factory.place = ""
        factory.save()
    batch = taken_in(viewer, following, csv_of(rows))
    page = client.get(address("sheet", following, batch.pk, year=NEXT_YEAR)).content.decode()
    assert f"Compared with {YEAR}" in page
    assert "1 new, 1 changed, 1 unchanged, 1 no longer there." in page
    page = client.get(address("proposal", following, batch.pk, year=NEXT_YEAR)).content.decode()
    assert "was 7 t" in page and f"In {YEAR}, not in this sheet" in page and "Gone" in page


def test_ticked_chains_are_confirmed_and_the_others_wait(client, viewer, workspace, following):
    for name in ("One", "Two", "Three"):
        add(viewer, workspace, supplier=name)
    services.carry_over(actor=viewer, workspace=following, previous_year_code=YEAR)
    first = Chain.objects.get(year=NEXT_YEAR, supplier__name="One")
    client.post(address("confirm", following, year=NEXT_YEAR), {"chain": [first.pk, 10**9, "x"]})
    again = opened(viewer, following.membership, NEXT_YEAR)
    assert {one.supplier for one in chains_in(again) if one.is_confirmed} == {"One"}


def test_without_a_tick_nothing_is_confirmed(client, viewer, workspace, following):
    add(viewer, workspace)
    services.carry_over(actor=viewer, workspace=following, previous_year_code=YEAR)
    answer = client.post(address("confirm", following, year=NEXT_YEAR), {}, follow=True)
    assert "Tick the chains first." in answer.content.decode()
    assert not Chain.objects.get(year=NEXT_YEAR).confirmed_at
