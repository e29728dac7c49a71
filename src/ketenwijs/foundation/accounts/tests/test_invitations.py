"""Invitations: who may use a link, how often and until when (security cases 63 and 64)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ketenwijs.foundation.accounts import events, services
from ketenwijs.foundation.accounts.models import Invitation, Person
from ketenwijs.foundation.accounts.tests.factories import (
    PASSWORD,
    Inviter,
    invited,
    is_signed_in,
    last_message,
    link_in_last_message,
    sign_in,
)
from ketenwijs.foundation.mail.models import OutgoingMessage
from ketenwijs.foundation.ui.errors import DomainError

pytestmark = pytest.mark.django_db
ACCEPT = "/account/accept/"


@pytest.fixture
def accepted():
    """Collects what is announced."""
    heard = []

    def hear(sender, invitation, person, **_words):
        heard.append((invitation.pk, person.email))

    events.invitation_accepted.connect(hear)
    yield heard
    events.invitation_accepted.disconnect(hear)


@pytest.fixture(autouse=True)
def _no_role_is_given(monkeypatch):
    """The role itself is the business of access, which is not part of these tests."""
    receivers = [one for one in events.invitation_accepted.receivers if "access" not in str(one)]
    monkeypatch.setattr(events.invitation_accepted, "receivers", receivers)
    events.invitation_accepted.sender_receivers_cache.clear()


def open_link(client, token):
    return client.get(reverse("accounts:invitation", args=[token]), follow=True)


def send(client, name="New Person", password=PASSWORD):
    return client.post(ACCEPT, {"name": name, "password": password})


def test_the_message_carries_the_link_on_our_configured_address(settings):
    settings.PUBLIC_ADDRESS = "https://example.org"
    _invitation, token = invited(language="fr")
    message = last_message()
    assert message.to == "new@example.org"
    assert f"https://example.org/account/invitation/{token}/" in message.body
    assert "company_user" not in message.subject


def test_the_token_is_long_and_stored_only_as_a_hash():
    invitation, token = invited()
    assert len(token) >= 43
    assert token not in str(vars(Invitation.objects.get(pk=invitation.pk)))
    assert invitation.expires_at - invitation.created_at <= timedelta(days=7, seconds=1)


def test_opening_the_link_any_number_of_times_uses_nothing_up(client, other_browser):
    invitation, token = invited()
    for browser in (other_browser, other_browser, client):
        page = open_link(browser, token)
        assert page.status_code == 200
        assert page.request["PATH_INFO"] == ACCEPT
    assert client.head(reverse("accounts:invitation", args=[token])).status_code in (302, 405)
    assert Invitation.objects.get(pk=invitation.pk).accepted_at is None
    send(client)
    assert is_signed_in(client)


def test_a_new_person_chooses_name_and_password_and_is_signed_in(client, accepted):
    invitation, token = invited(language="fr")
    open_link(client, token)
    response = send(client, name="  Eva \n Example ")
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    eva = Person.objects.get(email="new@example.org")
    assert (eva.name, eva.language, eva.check_password(PASSWORD)) == ("Eva Example", "fr", True)
    assert accepted == [(invitation.pk, "new@example.org")]


def test_a_used_link_is_gone_for_everybody(client, other_browser, accepted):
    _invitation, token = invited()
    open_link(client, token)
    send(client)
    assert open_link(other_browser, token).status_code == 410
    assert send(other_browser).status_code == 410
    with pytest.raises(DomainError, match="used or has expired"):
        services.accept(token=token, name="X", password=PASSWORD)
    assert len(accepted) == 1


def test_withdrawn_expired_and_invented_links_are_gone(client):
    withdrawn, first = invited()
    services.revoke(actor=Inviter(), invitation=withdrawn)
    expired, second = invited(email="late@example.org")
    Invitation.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    for token in (first, second, "invented", "x" * 3000):
        assert open_link(client, token).status_code == 410
        assert "invitation_token" not in client.session
        with pytest.raises(DomainError):
            services.accept(token=token, name="X", password=PASSWORD)
    assert not Person.objects.exists()


def test_inviting_again_issues_a_new_link_and_ends_the_old_one():
    _first, old = invited()
    _second, new = invited(email="NEW@example.org ")
    assert services.open_invitation(old) is None
    assert services.open_invitation(new).email == "new@example.org"
    assert OutgoingMessage.objects.count() == 2


def test_weak_passwords_are_refused_and_the_name_stays_in_the_form(client):
    _invitation, token = invited()
    open_link(client, token)
    for weak in ("short", "password1234", "qwertyuiop12", "new@example.org"):
        page = send(client, name="Eva", password=weak)
        assert page.status_code == 200, weak
        assert 'value="Eva"' in page.content.decode()
    assert not Person.objects.exists()


def test_somebody_signed_in_with_another_address_is_refused(client, anna, accepted):
    _invitation, token = invited()
    client.force_login(anna)
    assert open_link(client, token).status_code == 200
    client.post(ACCEPT)
    assert accepted == []
    with pytest.raises(DomainError, match="another address"):
        services.accept_as(token=token, person=anna)
    assert services.open_invitation(token) is not None


def test_somebody_with_an_account_signs_in_first_and_then_accepts(client, anna, accepted):
    invitation, token = invited(email=anna.email)
    page = open_link(client, token)
    assert f"/account/login/?next={ACCEPT}" in page.content.decode()
    send(client, password="stolen by a stranger")
    assert accepted == []
    assert sign_in(client, next_page=ACCEPT)["Location"] == ACCEPT
    client.get(ACCEPT)
    assert accepted == []
    client.post(ACCEPT)
    assert accepted == [(invitation.pk, anna.email)]


def test_an_account_cannot_be_taken_over_with_an_invitation(anna):
    _invitation, token = invited(email=anna.email)
    with pytest.raises(DomainError, match="account already"):
        services.accept(token=token, name="Thief", password="stolen by a stranger")
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_hostile_names_and_addresses_are_inert_or_refused():
    invited(name="Eve\r\nBcc: all@example.org\u202e <b>x</b>")
    message = last_message()
    assert "\r" not in message.subject + message.body
    assert "\u202e" not in message.body
    assert "<b>x</b>" in message.body
    assert "\nBcc" not in message.body
    for wrong in ("a@example.org, b@example.org", "a@example.org\nBcc: b@example.org", "nobody", ""):
        with pytest.raises(DomainError, match="not an e-mail address"):
            invited(email=wrong)


def test_old_invitations_are_forgotten_after_thirty_days():
    done, _token = invited()
    Invitation.objects.filter(pk=done.pk).update(accepted_at=timezone.now() - timedelta(days=31))
    fresh, _token = invited(email="fresh@example.org")
    assert services.forget_old_invitations() == 1
    assert list(Invitation.objects.all()) == [fresh]


def test_the_link_of_the_message_works(client):
    invited()
    assert client.get(link_in_last_message().group(1), follow=True).status_code == 200


def test_two_invitations_to_one_address_make_one_account(accepted):
    _first, one = invited(scope_key="1")
    _second, two = invited(scope_key="2")
    services.accept(token=one, name="Eva", password=PASSWORD)
    with pytest.raises(DomainError, match="account already"):
        services.accept(token=two, name="Eva", password=PASSWORD)
    services.accept_as(token=two, person=Person.objects.get())
    assert len(accepted) == 2
