"""Which companies count as one, and who says so."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ketenwijs.domain.participants import services
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.domain.participants.rules import Company, one_number_per_group
from ketenwijs.domain.participants.selectors import company_groups
from ketenwijs.domain.participants.tests.factories import company, staff, worker
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.ui.errors import NotAllowed, StaleVersion


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    settings.DEMO = True


def groups(*companies):
    return one_number_per_group(Company(pk, name, holding) for pk, name, holding in companies)


def test_companies_of_one_holding_have_one_number_however_it_is_written():
    found = groups((1, "A", "Groep Één B.V."), (2, "B", "groep een bv"), (3, "C", ""), (4, "D", "Another"))
    assert found == {1: 1, 2: 1, 3: 3, 4: 4}


def test_the_company_that_is_the_holding_belongs_to_it_also_by_way_of_another():
    found = groups((5, "Daughter", "Mother BV"), (2, "Mother B.V.", "Grandmother"), (9, "Aunt", "grandmother"))
    assert set(found.values()) == {2}


def test_the_same_name_alone_makes_no_group():
    assert groups((1, "Stone", ""), (2, "Stone", "")) == {1: 1, 2: 2}


@pytest.mark.django_db
def test_groups_are_read_in_one_query(django_assert_num_queries):
    firms = [company(f"Firm {number}") for number in range(4)]
    Organisation.objects.filter(pk__in=[one.pk for one in firms[:3]]).update(holding="Group")
    with django_assert_num_queries(1):
        found = company_groups([one.pk for one in firms])
    assert len(set(found.values())) == 2


@pytest.mark.django_db
def test_the_secretariat_sets_the_group_with_a_journal_entry(member):
    lead = staff()
    services.set_holding(actor=lead, organisation=member, version=member.version, holding="  Groep   Noord ")
    assert Organisation.objects.get(pk=member.pk).holding == "Groep Noord"
    assert JournalEntry.objects.filter(event="participants.organisation.holding_set").count() == 1


@pytest.mark.django_db
def test_an_old_page_and_the_firm_itself_are_refused(member):
    with pytest.raises(StaleVersion):
        services.set_holding(actor=staff(), organisation=member, version=member.version + 1, holding="X")
    with pytest.raises(NotAllowed):
        services.set_holding(actor=worker(member), organisation=member, version=member.version, holding="X")
    assert Organisation.objects.get(pk=member.pk).holding == ""


@pytest.mark.django_db
def test_the_page_sets_the_group_and_the_firm_sees_it_but_cannot_change_it(client, member):
    page = reverse("participants:holding", args=[member.reference])
    client.force_login(staff().person)
    assert client.post(page, {"holding": "Groep Noord", "version": member.version}).status_code == 302
    assert "No other member" in client.get(page).content.decode()
    assert client.post(page, {"holding": "Groep Zuid", "version": member.version}).status_code == 409
    client.force_login(worker(member).person)
    shown = client.get(reverse("participants:organisation", args=[member.reference])).content.decode()
    assert "Groep Noord" in shown and page not in shown
    assert client.get(page).status_code == 404
