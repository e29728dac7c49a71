"""How sessions end, and that typed text survives it (security cases 67 and 77)."""

import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from ketenwijs.foundation.accounts import services, typed_text
from ketenwijs.foundation.accounts.middleware import SEEN
from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.accounts.tests.factories import Inviter, is_signed_in, person, sign_in

pytestmark = pytest.mark.django_db
FORM = "/desk/form/"
LONG = "A long answer.\n" * 50


def expire(client):
    """What remains of a browser whose session has run out: the cookies that outlive it."""
    client.session.delete()


def type_after_expiry(client, **fields):
    sign_in(client)
    client.get(FORM)
    expire(client)
    return client.post(FORM, {"answer": LONG, **fields})


def test_text_typed_in_an_expired_session_comes_back_after_signing_in_and_is_sent_on_one_press(client, anna):
    response = type_after_expiry(client)
    assert response["Location"] == f"/account/login/?next={FORM}"
    assert sign_in(client, next_page=FORM)["Location"] == FORM
    page = client.get(FORM, follow=True)
    assert page.request["PATH_INFO"] == "/account/kept-text/"
    assert "A long answer." in page.content.decode()
    assert f'action="{FORM}"' in page.content.decode()
    assert LONG in client.post(FORM, {"answer": LONG}).content.decode()
    assert client.get(FORM).status_code == 200
    assert client.get("/account/kept-text/").status_code == 302


def test_looking_at_the_kept_text_uses_nothing_up(client, anna):
    type_after_expiry(client)
    sign_in(client)
    for _time in range(3):
        assert "A long answer." in client.get(FORM, follow=True).content.decode()


def test_kept_text_survives_an_error_of_ours(client, anna):
    type_after_expiry(client, answer="break")
    sign_in(client)
    client.raise_request_exception = False
    assert client.post(FORM, {"answer": "break"}).status_code == 500
    assert "break" in client.get(FORM, follow=True).content.decode()


def test_kept_text_can_be_dropped(client, anna):
    type_after_expiry(client)
    sign_in(client)
    client.post("/account/kept-text/")
    assert client.get(FORM).status_code == 200


def test_somebody_else_at_the_same_browser_does_not_get_the_text(client, anna):
    person()
    type_after_expiry(client)
    sign_in(client, email="ben@example.org")
    assert client.get(FORM).status_code == 200
    assert client.get("/account/kept-text/").status_code == 302
    assert typed_text.KEY not in client.session


def test_nothing_is_kept_in_a_browser_where_nobody_signed_in_before(client, anna):
    assert client.post(FORM, {"answer": LONG})["Location"] == "/account/login/?next=/desk/"
    sign_in(client)
    assert client.get(FORM).status_code == 200


def test_a_form_forged_on_another_site_is_refused_and_not_kept(anna):
    client = Client(enforce_csrf_checks=True)
    client.force_login(anna)
    client.get("/account/me/")
    expire(client)
    assert client.post(FORM, {"answer": "planted"}).status_code == 403
    client.force_login(anna)
    assert client.get(FORM).status_code == 200


def test_passwords_and_too_much_are_not_kept(client, anna):
    type_after_expiry(client, password="secret", old_password="secret", code="123456")
    assert "secret" not in str(client.session[typed_text.KEY])
    assert "123456" not in str(client.session[typed_text.KEY])
    client.session.flush()
    client.post(FORM, {"answer": "x" * (typed_text.LONGEST + 1)})
    assert typed_text.KEY not in client.session


def test_text_is_kept_for_half_an_hour(client, anna):
    type_after_expiry(client)
    session = client.session
    session[typed_text.KEY] = {**session[typed_text.KEY], "at": time.time() - typed_text.SECONDS - 1}
    session.save()
    sign_in(client)
    assert client.get(FORM).status_code == 200


def test_a_session_ends_after_its_longest_time_even_when_used(client, anna, settings):
    sign_in(client)
    assert is_signed_in(client)
    settings.SESSION_ABSOLUTE_AGE = -1
    assert not is_signed_in(client)


def test_text_typed_past_the_longest_time_is_kept_too(client, anna, settings):
    sign_in(client)
    client.get(FORM)
    settings.SESSION_ABSOLUTE_AGE = -1
    client.post(FORM, {"answer": LONG})
    settings.SESSION_ABSOLUTE_AGE = 3600
    sign_in(client)
    assert "A long answer." in client.get(FORM, follow=True).content.decode()


def test_signing_in_again_starts_the_time_anew(client, anna, settings):
    sign_in(client)
    session = client.session
    session["session_started"] = time.time() - settings.SESSION_ABSOLUTE_AGE - 1
    session.save()
    assert not is_signed_in(client)
    sign_in(client)
    assert is_signed_in(client)


def test_a_closed_account_is_out_at_once(client, anna):
    sign_in(client)
    services.deactivate(actor=Inviter(), person=anna)
    assert not is_signed_in(client)
    assert not Person.objects.get().is_active


def test_one_press_signs_out_everywhere_else(client, other_browser, anna):
    ben, third = person(), Client()
    sign_in(client)
    sign_in(other_browser)
    sign_in(third, email=ben.email)
    client.post("/account/me/sessions/")
    assert [is_signed_in(one) for one in (client, other_browser, third)] == [True, False, True]


def test_own_name_and_language_are_changed_and_pages_follow(client, anna):
    sign_in(client)
    response = client.post("/account/me/", {"name": "Anna Other", "language": "fr"})
    assert response.cookies["django_language"].value == "fr"
    anna.refresh_from_db()
    assert (anna.name, anna.language) == ("Anna Other", "fr")
    assert client.post("/account/me/", {"name": "", "language": "xx"}).status_code == 200


def test_reading_pages_writes_the_session_once_a_minute_and_keeps_it_alive(client, anna):
    sign_in(client)
    client.get(FORM)
    key = client.session.session_key
    stored = Session.objects.get(pk=key).expire_date
    client.get(FORM)
    assert Session.objects.get(pk=key).expire_date == stored
    session = client.session
    session[SEEN] = time.time() - 61
    session.save()
    Session.objects.filter(pk=key).update(expire_date=stored - timedelta(minutes=20))
    client.get(FORM)
    assert Session.objects.get(pk=key).expire_date >= stored
