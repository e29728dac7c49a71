"""Chains by hand, last year's chains, the year after hand-in, and what the chains give to the report."""

import json
from decimal import Decimal

import pytest

from ketenwijs.domain.agreements.parts import parts_for
from ketenwijs.domain.chains import services
from ketenwijs.domain.chains.models import Chain, Link, Supplier
from ketenwijs.domain.chains.part import facts as facts_of_chains
from ketenwijs.domain.chains.part import freeze, missing, summary
from ketenwijs.domain.chains.selectors import (
    chain_in,
    chains_in,
    combinations_in,
    names_of,
    year_to_carry,
)
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
    sheet_rows,
    staff,
    taken_in,
    values,
    worker,
)
from ketenwijs.foundation.access.fence import fenced_for
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


def test_a_chain_by_hand_has_both_places_and_counts_as_confirmed(viewer, workspace):
    add(viewer, workspace, quarry=SiteValues(asked_on=None))
    (one,) = chains_in(workspace)
    assert (one.factory.known, one.quarry.known, one.is_confirmed) == (True, False, True)
    assert (one.country, one.quarry.country, one.tonnes) == ("IN", "IN", Decimal("12.500"))
    assert JournalEntry.objects.filter(event="chains.chain.added", chain=workspace.agreement.slug).exists()


def test_the_same_chain_twice_is_refused_rather_than_doubled(viewer, workspace):
    add(viewer, workspace)
    with pytest.raises(DomainError):
        add(viewer, workspace, supplier=" kolar stone  EXPORTS")
    assert Chain.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"supplier": "  "}, "supplier"),
        ({"material": "plastic"}, "material"),
        ({"country": "XX"}, "country"),
        ({"country": ""}, "country"),
        ({"tonnes": Decimal(-1)}, "tonnes"),
        ({"tonnes": Decimal(10) ** 11}, "tonnes"),
        ({"value_eur": Decimal(-1)}, "value_eur"),
    ],
)
def test_a_chain_that_cannot_be_is_refused_with_the_field_named(viewer, workspace, changes, field):
    with pytest.raises(DomainError) as refusal:
        add(viewer, workspace, **changes)
    assert field in refusal.value.fields
    assert not Chain.objects.exists()


def test_changing_a_chain_keeps_it_and_its_links(viewer, workspace):
    chain = add(viewer, workspace)
    typed = values(tonnes=Decimal(3), quarry=SiteValues())
    services.change_chain(actor=viewer, workspace=workspace, chain=chain, version=1, values=typed)
    (one,) = chains_in(workspace)
    assert (one.pk, one.version, one.tonnes, one.quarry.known) == (chain.pk, 2, 3, False)
    assert Link.objects.count() == 2


def test_an_outdated_page_does_not_overwrite_a_newer_save(viewer, workspace):
    chain = add(viewer, workspace)
    services.change_chain(actor=viewer, workspace=workspace, chain=chain, version=1, values=values(tonnes=Decimal(3)))
    with pytest.raises(StaleVersion):
        services.change_chain(
            actor=viewer, workspace=workspace, chain=chain, version=1, values=values(tonnes=Decimal(9))
        )
    assert Chain.objects.get().tonnes == 3


def test_last_years_chains_come_along_once_and_wait_for_confirmation(viewer, membership, workspace):
    add(viewer, workspace)
    add(viewer, workspace, "Second", quarry=SiteValues())
    following = opened(viewer, membership, NEXT_YEAR)
    assert year_to_carry(following) == YEAR
    assert services.carry_over(actor=viewer, workspace=following, previous_year_code=YEAR) == 2
    assert services.carry_over(actor=viewer, workspace=following, previous_year_code=YEAR) == 0
    assert [one.is_confirmed for one in chains_in(following)] == [False, False]
    assert [one.quarry.known for one in chains_in(following)] == [True, False]
    assert [str(one.sentence) for one in missing(following)]
    assert services.confirm_all(actor=viewer, workspace=following, shown=2) == 2
    assert missing(following) == []
    assert len(chains_in(workspace)) == 2


def test_last_years_chains_come_beside_those_entered_by_hand_and_none_is_doubled(viewer, membership, workspace):
    add(viewer, workspace)
    add(viewer, workspace, "Second")
    following = opened(viewer, membership, NEXT_YEAR)
    add(viewer, following, tonnes=Decimal(3))
    assert services.carry_over(actor=viewer, workspace=following, previous_year_code=YEAR) == 1
    assert services.carry_over(actor=viewer, workspace=following, previous_year_code=YEAR) == 0
    assert sorted((one.supplier, one.tonnes, one.is_confirmed) for one in chains_in(following)) == [
        ("Kolar Stone Exports", Decimal(3), True),
        ("Second", Decimal("12.5"), False),
    ]


def test_a_year_with_a_sheet_is_compared_with_last_year_and_not_filled_from_it(viewer, membership, workspace):
    add(viewer, workspace)
    following = opened(viewer, membership, NEXT_YEAR)
    confirmed(viewer, following, taken_in(viewer, following, csv_of(sheet_rows(1))))
    assert services.carry_over(actor=viewer, workspace=following, previous_year_code=YEAR) == 0
    assert len(chains_in(following)) == 1


def test_a_list_that_grew_meanwhile_is_not_confirmed_unseen(viewer, membership, workspace):
    add(viewer, workspace)
    following = opened(viewer, membership, NEXT_YEAR)
    services.carry_over(actor=viewer, workspace=following, previous_year_code=YEAR)
    with pytest.raises(DomainError):
        services.confirm_all(actor=viewer, workspace=following, shown=0)


def test_chains_are_carried_over_a_year_without_a_round(viewer, membership):
    add(viewer, opened(viewer, membership, "2021-2022"))
    assert year_to_carry(opened(viewer, membership, "2023-2024")) == "2021-2022"


def test_removing_with_one_foreign_number_removes_nothing_and_names_only_the_count(viewer, membership, workspace):
    mine = add(viewer, workspace)
    other = member(membership.agreement, "Other BV")
    stranger = worker(other.organisation)
    with fenced_for(stranger):
        theirs = add(stranger, opened(stranger, other))
    with pytest.raises(DomainError) as refusal:
        services.remove_chains(actor=viewer, workspace=workspace, pks=[mine.pk, theirs.pk])
    assert "1" in str(refusal.value)
    assert str(theirs.pk) not in str(refusal.value)
    assert len(chains_in(workspace)) == 1
    assert services.remove_chains(actor=viewer, workspace=workspace, pks=[mine.pk]) == 1


def test_after_hand_in_the_chains_are_read_only_until_the_report_is_sent_back(viewer, workspace):
    chain = add(viewer, workspace)
    services.close_year(actor=viewer, workspace=workspace)
    with pytest.raises(DomainError):
        add(viewer, workspace, "Second")
    with pytest.raises(DomainError):
        services.change_chain(actor=viewer, workspace=workspace, chain=chain, version=1, values=values())
    with pytest.raises(DomainError):
        services.remove_chains(actor=viewer, workspace=workspace, pks=[chain.pk])
    with pytest.raises(DomainError):
        services.confirm_all(actor=viewer, workspace=workspace)
    services.reopen_year(actor=viewer, workspace=workspace)
    add(viewer, workspace, "Second")
    assert len(chains_in(workspace)) == 2


@pytest.mark.parametrize("role", ["secretariat_lead", "adviser", "assessor"])
def test_staff_read_the_chains_of_members_and_change_nothing(viewer, membership, workspace, role):
    add(viewer, workspace)
    somebody = staff(membership.agreement, role)
    with fenced_for(somebody):
        theirs = opened(somebody, membership)
        assert len(chains_in(theirs)) == 1
        with pytest.raises(NotAllowed):
            add(somebody, theirs, "Second")
        with pytest.raises(NotAllowed):
            services.remove_chains(actor=somebody, workspace=theirs, pks=[chains_in(theirs)[0].pk])
        with pytest.raises(NotAllowed):
            services.confirm_all(actor=somebody, workspace=theirs)


def test_the_part_says_what_is_missing_and_gives_facts(viewer, workspace):
    assert [part.code for part in parts_for(workspace)][0] == "chains"
    assert [one.url for one in missing(workspace)][0].endswith(f"/{YEAR}/")
    add(viewer, workspace)
    add(
        viewer,
        workspace,
        "Norse Larvik",
        country="NO",
        material="larvikite",
        quarry=SiteValues(),
        tonnes=None,
    )
    facts = facts_of_chains(workspace)
    assert missing(workspace) == []
    assert facts["chains.number"] == 2
    assert facts["chains.countries"] == ["IN", "NO"]
    assert facts["chains.non_eea"] == 1
    assert facts["chains.coverage.factories.share"] == 1.0
    assert facts["chains.coverage.quarries.share"] == 0.5
    assert facts["chains.without_tonnes"] == 1
    assert summary(workspace)


def test_a_year_without_chains_has_no_share_rather_than_zero(workspace):
    assert facts_of_chains(workspace)["chains.coverage.quarries.share"] is None


def test_the_frozen_copy_is_plain_data_with_every_place(viewer, workspace):
    add(viewer, workspace)
    frozen = freeze(workspace)
    assert json.loads(json.dumps(frozen)) == frozen
    assert frozen["chains"][0]["supplier"] == "Kolar Stone Exports"
    assert [step["known"] for step in frozen["chains"][0]["steps"]] == [True, True]


def test_combinations_and_names_for_the_weighing_and_the_public_check(viewer, workspace, membership):
    add(viewer, workspace)
    found = combinations_in(opened(viewer, membership))
    assert {(country, material) for country, material, _stage in found} == {("IN", "granite")}
    assert len(found) == 2
    assert names_of(membership.organisation) == {"Kolar Stone Exports", "Unit 1", "Quarry 8"}


def test_a_supplier_another_firm_has_already_is_new_for_this_firm(viewer, membership, workspace):
    add(viewer, workspace)
    other = member(membership.agreement, "Other BV")
    stranger = worker(other.organisation)
    with fenced_for(stranger):
        add(stranger, opened(stranger, other))
        assert Supplier.objects.count() == 1
        assert chain_in(opened(stranger, other), Chain.objects.get().pk) is not None
    assert Supplier.objects.get().organisation == membership.organisation
