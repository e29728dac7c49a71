"""Bringing organisations in and correcting them: checked numbers, known codes, own firm or own agreement
only.
"""

import pytest

from ketenwijs.domain.participants import policies, services
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.domain.participants.selectors import (
    identifiers_of,
    organisation_for,
    organisation_with,
    organisations_visible_to,
    own_organisation,
)
from ketenwijs.domain.participants.tests.factories import company, staff, worker
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db
FACTS = {"name": "Nieuw BV", "kind": "company", "subkind": "importer", "country": "NL"}


def register(actor, **changes):
    return services.register_organisation(actor=actor, **{**FACTS, **changes})


def test_the_secretariat_registers_an_organisation_with_cleaned_numbers(member):
    firm = register(staff(), identifiers={"kvk": "87 65 43 21", "vat": "", "lei": "213800KUD8LAJWSQ9D15"})
    assert identifiers_of(firm) == {"kvk": "87654321", "lei": "213800KUD8LAJWSQ9D15"}
    assert JournalEntry.objects.filter(event="participants.organisation.registered").count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"kind": "castle"}, "kind"),
        ({"subkind": "municipality"}, "subkind"),
        ({"country": "QQ"}, "country"),
        ({"identifiers": {"kvk": "1"}}, "kvk"),
        ({"identifiers": {"kvk": "12345678"}}, "name"),
    ],
)
def test_registering_names_every_field_that_is_wrong_and_stores_nothing(member, changes, field):
    with pytest.raises(DomainError) as refused:
        register(staff(), **changes)
    assert list(refused.value.fields) == [field]
    assert Organisation.objects.count() == 1


def test_only_a_secretariat_registers(member):
    for actor in (worker(member), staff("assessor")):
        with pytest.raises(NotAllowed):
            register(actor)


def test_a_firm_sees_itself_and_nobody_else(member):
    other = company("Concurrent BV")
    viewer = worker(member)
    assert list(organisations_visible_to(viewer)) == [member]
    assert own_organisation(viewer) == member
    assert organisation_for(viewer, member.reference) == member
    assert organisation_for(viewer, other.reference) is None
    assert organisation_for(viewer, "nonesuch") is None


def test_staff_see_the_organisations_of_their_agreement(member):
    company("Elsewhere BV")
    assert list(organisations_visible_to(staff("adviser"))) == [member]
    assert list(organisations_visible_to(staff("adviser", "another"))) == []
    assert organisations_visible_to(staff("assessor"), kind="authority").count() == 0


def correct(actor, firm, **changes):
    return services.correct_organisation(actor=actor, organisation=firm, version=firm.version, **changes)


def test_the_administrator_corrects_the_own_data_and_the_kind_stays(member):
    changed = correct(worker(member), member, place="Gent", country="BE", kind="authority")
    assert (changed.place, changed.country, changed.kind, changed.version) == ("Gent", "BE", "company", 2)


def test_correcting_with_an_old_version_changes_nothing(member):
    actor = worker(member)
    correct(actor, member, place="Gent")
    with pytest.raises(StaleVersion):
        services.correct_organisation(actor=actor, organisation=member, version=1, place="Delft")
    assert Organisation.objects.get(pk=member.pk).place == "Gent"


@pytest.mark.parametrize(
    ("role", "agreement", "allowed"),
    [
        ("secretariat_lead", "example", True),
        ("adviser", "example", True),
        ("assessor", "example", False),
        ("secretariat_lead", "another", False),
    ],
)
def test_staff_correct_data_in_their_own_agreement_only(member, role, agreement, allowed):
    actor = staff(role, agreement)
    assert policies.may_correct(actor, member) is allowed
    if not allowed:
        with pytest.raises(NotAllowed):
            correct(actor, member, place="Gent")


def test_an_employee_and_a_stranger_correct_nothing(member):
    for actor in (worker(member, "company_user"), worker(company("Concurrent BV"))):
        with pytest.raises(NotAllowed):
            correct(actor, member, place="Gent")


def test_numbers_given_replace_all_and_those_of_others_are_refused_without_a_name(member):
    other = company("Concurrent BV", identifiers={"kvk": "87654321"})
    actor = worker(member)
    with pytest.raises(DomainError) as refused:
        correct(actor, member, identifiers={"kvk": "87654321"})
    assert "kvk" in refused.value.fields
    assert other.name not in str(refused.value.fields["kvk"])
    changed = correct(actor, member, identifiers={"lei": "213800KUD8LAJWSQ9D15", "kvk": ""})
    assert identifiers_of(changed) == {"lei": "213800KUD8LAJWSQ9D15"}


def test_one_number_can_be_added_and_found_again(member):
    services.add_identifier(actor=staff(), organisation=member, scheme="kbo", value="0403.019.261")
    assert organisation_with({"kbo": "0403019261"}) == member
    assert organisation_with({"kbo": "1"}) is None
    actor = worker(member)
    for scheme, value in (("kbo", "1"), ("kbo", " "), ("passport", "1")):
        with pytest.raises(DomainError):
            services.add_identifier(actor=actor, organisation=member, scheme=scheme, value=value)
