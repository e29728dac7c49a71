"""Staff of an agreement: who may bring whom in, and how a role ends."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from ketenwijs.domain.agreements import services
from ketenwijs.domain.agreements.policies import roles_to_give
from ketenwijs.domain.agreements.tests.factories import OTHER_SLUG, ROBOT, example_agreement, person, staff
from ketenwijs.foundation.access.models import Grant
from ketenwijs.foundation.access.selectors import viewer_of
from ketenwijs.foundation.access.services import give
from ketenwijs.foundation.access.viewer import INSTALLATION, Scope
from ketenwijs.foundation.accounts import services as accounts
from ketenwijs.foundation.accounts.models import Invitation
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

pytestmark = pytest.mark.django_db
NEW = {"email": "new@example.org", "name": "New", "role": "assessor", "language": "en"}


@pytest.fixture(autouse=True)
def in_english(settings):
    """One language, and no second factor to set up first."""
    settings.LANGUAGE_CODE = "en"
    settings.DEMO = True


@pytest.fixture
def agreement():
    return example_agreement()


@pytest.fixture
def lead(agreement):
    return staff(agreement)


def operator():
    somebody = person("operator")
    give(actor=ROBOT, person=somebody, role="operator", scope=Scope(INSTALLATION, "*"))
    return viewer_of(somebody)


def signed_in(viewer):
    client = Client()
    client.force_login(viewer.person)
    return client


def page(name, *arguments):
    return reverse(f"agreements:{name}", args=arguments)


def test_the_lead_brings_in_an_assessor_who_has_the_role_after_accepting(agreement, lead):
    client = signed_in(lead)
    assert client.post(page("invite", agreement.slug), NEW).status_code == 302
    assert "new@example.org" in client.get(page("people", agreement.slug)).content.decode()
    _invitation, token = services.invite_to_agreement(actor=lead, agreement=agreement, **NEW)
    somebody = accounts.accept(token=token, name="New", password="a long enough password 42")
    assert viewer_of(somebody).holds("assessments.assess")


def test_a_lead_gives_no_lead_and_an_adviser_gives_nothing(agreement, lead):
    adviser = staff(agreement, "adviser", name="adviser")
    assert "secretariat_lead" not in {one.code for one in roles_to_give(lead, agreement)}
    for actor, role in ((lead, "secretariat_lead"), (lead, "operator"), (adviser, "assessor")):
        with pytest.raises(NotAllowed):
            services.invite_to_agreement(actor=actor, agreement=agreement, **{**NEW, "role": role})
    assert signed_in(adviser).get(page("people", agreement.slug)).status_code == 404
    assert not Invitation.objects.exists()


def test_the_operator_brings_in_the_first_lead_of_any_agreement(agreement):
    client = signed_in(operator())
    assert client.get(page("people_home"), follow=True).status_code == 200
    assert client.post(page("invite", agreement.slug), {**NEW, "role": "secretariat_lead"}).status_code == 302
    assert Invitation.objects.get().role == "secretariat_lead"


def test_a_lead_sees_and_ends_nothing_in_another_agreement(agreement, lead):
    other = example_agreement(OTHER_SLUG)
    stranger = staff(other, "assessor", name="stranger")
    grant = Grant.objects.get(person=stranger.person)
    client = signed_in(lead)
    assert client.get(page("people", other.slug)).status_code == 404
    assert client.post(page("end_role", other.slug, grant.pk), {"reason": "x"}).status_code == 404
    assert client.post(page("end_role", agreement.slug, grant.pk), {"reason": "x"}).status_code == 404
    invitation, _token = services.invite_to_agreement(actor=ROBOT, agreement=other, **NEW)
    assert client.post(page("withdraw_invitation", agreement.slug, invitation.pk)).status_code == 404
    with pytest.raises(NotAllowed):
        services.withdraw_invitation(actor=lead, agreement=agreement, invitation=invitation)
    with pytest.raises(NotAllowed):
        services.end_role(actor=lead, agreement=agreement, grant=grant, reason="x")


def test_a_role_that_ends_signs_its_holder_out_everywhere_at_once(agreement, lead):
    assessor = staff(agreement, "assessor", name="assessor")
    theirs = signed_in(assessor)
    assert theirs.get(page("agreement", agreement.slug)).status_code == 200
    grant = Grant.objects.get(person=assessor.person)
    assert signed_in(lead).post(page("end_role", agreement.slug, grant.pk), {"reason": "Left."}).status_code == 302
    assert "/account/login/" in theirs.get(page("agreement", agreement.slug))["Location"]
    assert not viewer_of(assessor.person).held


def test_nobody_ends_their_own_role(agreement):
    somebody = operator()
    give(actor=ROBOT, person=somebody.person, role="assessor", scope=Scope("agreement", agreement.slug))
    both = viewer_of(somebody.person)
    grant = Grant.objects.get(person=somebody.person, role="assessor")
    with pytest.raises(DomainError):
        services.end_role(actor=both, agreement=agreement, grant=grant, reason="x")


def test_an_invitation_is_withdrawn_once(agreement, lead):
    invitation, token = services.invite_to_agreement(actor=lead, agreement=agreement, **NEW)
    client = signed_in(lead)
    client.post(page("withdraw_invitation", agreement.slug, invitation.pk))
    assert accounts.open_invitation(token) is None
    with pytest.raises(DomainError):
        services.withdraw_invitation(actor=lead, agreement=agreement, invitation=invitation)
