"""Invitations, roles and contacts: who may bring whom in, and how a role ends."""

import pytest

from ketenwijs.domain.participants import services
from ketenwijs.domain.participants.policies import roles_to_invite
from ketenwijs.domain.participants.selectors import people_at, people_of
from ketenwijs.domain.participants.tests.factories import company, staff, worker
from ketenwijs.foundation.access.models import Grant
from ketenwijs.foundation.access.selectors import viewer_of
from ketenwijs.foundation.accounts.services import accept
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

pytestmark = pytest.mark.django_db


def invite(actor, firm, role="company_user", email="new@example.org"):
    return services.invite_person(
        actor=actor, organisation=firm, email=email, name="New Person", role=role, language="fr"
    )


def codes(viewer, firm):
    return [role.code for role in roles_to_invite(viewer, firm)]


def test_the_administrator_invites_colleagues_and_the_lead_the_first_administrator(member):
    assert codes(worker(member), member) == ["company_user", "company_admin"]
    assert codes(staff(), member) == ["company_user", "company_admin"]
    city = company("Voorbeeldstad", kind="authority", subkind="municipality")
    assert codes(staff(agreement="another"), city) == []


def test_nobody_else_invites(member):
    for actor in (
        worker(member, "company_user"),
        staff("adviser"),
        staff(agreement="another"),
        worker(company("Other")),
    ):
        with pytest.raises(NotAllowed):
            invite(actor, member)


def test_a_role_of_another_kind_of_organisation_cannot_be_given(member):
    for role in ("authority_user", "assessor", "nonesuch"):
        with pytest.raises(NotAllowed):
            invite(staff(agreement="example") if role == "nonesuch" else worker(member, name=role), member, role)


def test_an_accepted_invitation_gives_the_role_at_that_organisation(member):
    _invitation, token = invite(worker(member), member)
    person = accept(token=token, name="New Person", password="a rather long password")
    viewer = viewer_of(person)
    assert viewer.acting_for == member.pk
    assert [one.role for one in viewer.held] == ["company_user"]
    assert JournalEntry.objects.filter(event="participants.person.invited").count() == 1


def test_a_withdrawn_invitation_is_worthless_and_is_withdrawn_once(member):
    admin = worker(member)
    invitation, token = invite(admin, member)
    with pytest.raises(NotAllowed):
        services.withdraw_invitation(actor=worker(company("Other")), organisation=member, invitation=invitation)
    services.withdraw_invitation(actor=admin, organisation=member, invitation=invitation)
    with pytest.raises(DomainError):
        accept(token=token, name="New Person", password="a rather long password")
    with pytest.raises(DomainError, match="already"):
        services.withdraw_invitation(actor=admin, organisation=member, invitation=invitation)


def test_an_invitation_of_another_organisation_cannot_be_withdrawn_from_here(member):
    other = company("Other")
    invitation, _token = invite(worker(other, name="chief"), other)
    with pytest.raises(NotAllowed):
        services.withdraw_invitation(actor=worker(member), organisation=member, invitation=invitation)


def grant_of(viewer):
    return Grant.objects.get(person=viewer.person, ended_at__isnull=True)


def end(actor, firm, grant):
    services.end_role_of_person(actor=actor, organisation=firm, grant=grant, reason="left the company")


def test_a_role_ends_at_once_with_a_reason(member):
    admin, employee = worker(member), worker(member, "company_user")
    end(admin, member, grant_of(employee))
    assert viewer_of(employee.person).held == ()
    assert JournalEntry.objects.filter(event="access.role.ended").exists()


def test_the_last_administrator_stays_until_there_is_a_successor(member):
    admin = worker(member)
    with pytest.raises(DomainError, match="last one"):
        end(admin, member, grant_of(admin))
    worker(member, name="successor")
    end(admin, member, grant_of(admin))
    assert not Grant.objects.filter(person=admin.person, ended_at__isnull=True).exists()


def test_the_lead_may_end_the_role_of_the_last_administrator(member):
    admin = worker(member)
    end(staff(), member, grant_of(admin))
    assert not people_at(member.pk).exists()


def test_roles_of_other_organisations_and_by_employees_do_not_end(member):
    foreign = worker(company("Other"), name="foreigner")
    for actor, firm, grant in (
        (worker(member), member, grant_of(foreign)),
        (worker(member, "company_user"), member, grant_of(worker(member, name="second"))),
    ):
        with pytest.raises(NotAllowed):
            end(actor, firm, grant)


def test_people_are_shown_to_those_who_may_see_the_organisation(member):
    admin = worker(member)
    invite(admin, member)
    services.add_contact(actor=admin, organisation=member, name="Without Account", function="sales")
    seen = people_of(staff("adviser"), member)
    assert [grant.person for grant in seen.grants] == [admin.person]
    assert [one.email for one in seen.invitations] == ["new@example.org"]
    assert [one.name for one in seen.contacts] == ["Without Account"]
    nothing = people_of(worker(company("Other")), member)
    assert (nothing.grants, nothing.invitations, nothing.contacts) == ([], [], [])
    with pytest.raises(NotAllowed):
        services.add_contact(actor=worker(member, "company_user"), organisation=member, name="X")
