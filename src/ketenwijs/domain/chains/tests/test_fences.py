"""Nobody sees or touches another firm's chains: by address, by number, by file, by list, by download
(cases 1-5, 7, 13, 14).
"""

import pytest
from django.urls import reverse

from ketenwijs.domain.chains.models import Chain, IntakeBatch, Supplier
from ketenwijs.domain.chains.tests.access import ACCESS, READERS, WRITERS
from ketenwijs.domain.chains.tests.factories import (
    YEAR,
    add,
    csv_of,
    example_agreement,
    member,
    opened,
    sheet_rows,
    sign_in,
    staff,
    taken_in,
    worker,
)
from ketenwijs.foundation.access.fence import fenced_for, unfenced

pytestmark = pytest.mark.django_db
CANARY = "Canary Stone of B"


@pytest.fixture
def agreement():
    return example_agreement()


@pytest.fixture
def mine(agreement):
    return member(agreement, "Firm A")


@pytest.fixture
def theirs(agreement):
    return member(agreement, "Firm B")


@pytest.fixture
def their_chain(theirs):
    somebody = worker(theirs.organisation, name="b")
    with fenced_for(somebody):
        return add(somebody, opened(somebody, theirs), CANARY)


@pytest.fixture
def their_batch(theirs):
    somebody = worker(theirs.organisation, name="b2")
    with fenced_for(somebody):
        return taken_in(somebody, opened(somebody, theirs), csv_of(sheet_rows(2)))


@pytest.fixture
def viewer(mine, client):
    somebody = worker(mine.organisation, "company_user", name="a")
    sign_in(client, somebody)
    return somebody


def address(name, membership, *more):
    return reverse(f"chains:{name}", args=[membership.organisation.reference, membership.agreement.slug, YEAR, *more])


def pages_of(membership, chain, batch):
    for name in ("overview", "export", "add", "upload"):
        yield "get", address(name, membership)
    for name in ("remove", "carry_over", "confirm"):
        yield "post", address(name, membership)
    yield "get", address("change", membership, chain.pk)
    yield "post", address("change", membership, chain.pk)
    for name in ("sheet", "rows", "columns", "proposal"):
        yield "get", address(name, membership, batch.pk)
    yield "get", address("row", membership, batch.pk, 0)
    for name in ("sheet_confirm", "sheet_drop"):
        yield "post", address(name, membership, batch.pk)


def test_every_page_of_another_firm_is_not_found_and_changes_nothing(client, viewer, theirs, their_chain, their_batch):
    for method, page in pages_of(theirs, their_chain, their_batch):
        assert getattr(client, method)(page, {"chain": their_chain.pk}).status_code == 404, page
    with unfenced(reason="test"):
        assert Chain.objects.get().supplier.name == CANARY
        assert IntakeBatch.objects.get().state == IntakeBatch.State.OPEN


def test_a_foreign_number_below_the_own_address_is_not_found(client, viewer, mine, their_chain, their_batch):
    for method, page in pages_of(mine, their_chain, their_batch):
        if str(their_chain.pk) in page.rsplit(YEAR, 1)[1] or "sheets/" in page and "new" not in page:
            assert getattr(client, method)(page, {}).status_code == 404, page


def test_lists_and_downloads_of_one_firm_hold_nothing_of_another(client, viewer, mine, their_chain):
    with fenced_for(viewer):
        add(viewer, opened(viewer, mine), "Own supplier")
    page = client.get(address("overview", mine), {"q": CANARY, "sort": "supplier", "page": "9"})
    export = client.get(address("export", mine))
    assert b"Own supplier" in page.content
    assert CANARY.encode() not in page.content
    assert CANARY.encode() not in export.content


def test_a_supplier_another_firm_has_is_added_without_a_hint(client, viewer, mine, their_chain):
    typed = {"version": 0, "supplier": CANARY, "country": "IN", "material": "granite", "may_name_area": "on"}
    answer = client.post(address("add", mine), typed, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain
    with unfenced(reason="test"):
        assert Supplier.objects.filter(name=CANARY).count() == 2


def test_extra_fields_in_a_form_are_ignored(client, viewer, mine, theirs):
    typed = {
        "version": 0,
        "supplier": "Own",
        "country": "IN",
        "material": "granite",
        "organisation": theirs.organisation.pk,
        "year": "2021-2022",
        "confirmed_at": "",
        "batch": 1,
        "is_staff": "1",
        "pk": 999,
    }
    client.post(address("add", mine), typed)
    with unfenced(reason="test"):
        chain = Chain.objects.get()
    assert (chain.organisation, chain.year, chain.batch_id) == (mine.organisation, YEAR, None)
    assert chain.confirmed_at is not None


def test_a_bulk_removal_with_one_foreign_number_removes_nothing(client, viewer, mine, their_chain):
    with fenced_for(viewer):
        own = add(viewer, opened(viewer, mine), "Own supplier")
    client.post(address("remove", mine), {"chain": [own.pk, their_chain.pk]})
    with unfenced(reason="test"):
        assert Chain.objects.count() == 2


def test_pages_are_kept_by_no_cache(client, viewer, mine):
    assert client.get(address("overview", mine)).headers["Cache-Control"] == "no-store"


def test_the_download_of_a_sheet_is_not_found_for_another_firm_and_after_signing_out(client, viewer, mine, their_batch):
    with fenced_for(viewer):
        own = taken_in(viewer, opened(viewer, mine), csv_of(sheet_rows(3), "own.csv"))
    theirs, ours = (
        reverse("files:download", args=[their_batch.file_id]),
        reverse("files:download", args=[own.file_id]),
    )
    assert client.get(theirs).status_code == 404
    assert client.get(ours).status_code == 200
    client.logout()
    assert client.get(ours).status_code in (302, 404)


@pytest.mark.parametrize(
    "role", ["secretariat_lead", "adviser", "assessor", "steering_member", "party_member", "auditor"]
)
def test_people_of_the_agreement_get_the_pages_the_table_says(
    client, agreement, theirs, their_chain, their_batch, role
):
    sign_in(client, staff(agreement, role))
    may_read = role in READERS
    for method, page in pages_of(theirs, their_chain, their_batch):
        reading = method == "get" and page in (address("overview", theirs), address("export", theirs))
        answer = getattr(client, method)(page, {})
        assert answer.status_code == (200 if reading and may_read else 404), (role, page)


def test_the_table_names_every_address_of_this_app():
    from ketenwijs.domain.chains.urls import urlpatterns

    assert {f"chains:{one.name}" for one in urlpatterns} == {one["url"] for one in ACCESS}
    assert WRITERS < READERS
