"""Signing in and out, forgotten passwords, guessing, and whose browser it is (security cases 66 to 69)."""

import pytest
from django.conf import settings as configured
from django.test import Client

from ketenwijs.foundation.accounts import events
from ketenwijs.foundation.accounts.browser import COOKIE
from ketenwijs.foundation.accounts.models import DemoAccount, Person
from ketenwijs.foundation.accounts.tests.factories import (
    NEW_PASSWORD,
    PASSWORD,
    code_of,
    is_signed_in,
    last_message,
    link_in_last_message,
    person,
    sign_in,
    with_app,
)

pytestmark = pytest.mark.django_db


def ask_for_link(client, email="anna@example.org", **extra):
    return client.post("/account/password/reset/", {"email": email}, **extra)


def choose_password(client, password=NEW_PASSWORD):
    """Follow the link of the message and choose; returns the answer."""
    page = client.get(link_in_last_message().group(1), follow=True)
    return client.post(page.request["PATH_INFO"], {"password1": password, "password2": password})


def test_signing_in_gives_a_new_session_and_the_persons_language(client, anna):
    Person.objects.update(language="fr")
    client.get("/account/login/")
    client.session["x"] = 1
    client.session.save()
    before = client.session.session_key
    response = sign_in(client, email="Anna@Example.org")
    assert response["Location"] == "/desk/"
    assert client.session.session_key != before
    assert response.cookies[configured.LANGUAGE_COOKIE_NAME].value == "fr"
    assert is_signed_in(client)


def test_known_and_unknown_addresses_get_the_same_answer(client, anna):
    known = sign_in(client, password="wrong").content.decode()
    unknown = sign_in(client, email="else@example.org", password="wrong").content.decode()
    assert known.replace("anna@", "else@").count("error") == unknown.count("error")
    assert ask_for_link(client)["Location"] == ask_for_link(client, "else@example.org")["Location"]


def test_nobody_signs_up_by_themselves(client, db):
    words = {"email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/account/signup/", words).status_code == 200
    assert not Person.objects.exists()


def test_signing_out_needs_a_press(client, anna):
    client.force_login(anna)
    assert client.get("/account/logout/").status_code == 200
    assert is_signed_in(client)
    client.post("/account/logout/")
    assert not is_signed_in(client)


def test_a_closed_account_does_not_sign_in(client, anna):
    Person.objects.update(is_active=False)
    sign_in(client)
    assert not is_signed_in(client)


def test_the_link_for_a_new_password_points_to_our_address_whatever_host_was_claimed(client, anna, settings):
    settings.PUBLIC_ADDRESS = "https://ours.example.org"
    settings.ALLOWED_HOSTS = ["*"]
    ask_for_link(client, headers={"host": "evil.example.net"})
    assert "https://ours.example.org/account/password/reset/key/" in last_message().body
    assert "evil" not in last_message().body


def test_a_new_password_by_link_works_once_and_ends_all_sessions(client, other_browser, anna):
    sign_in(other_browser)
    ask_for_link(client)
    link = link_in_last_message().group(1)
    assert choose_password(client)["Location"].endswith("/key/done/")
    assert not is_signed_in(other_browser)
    assert not is_signed_in(client)
    assert "/account/password/reset/" in client.get(link).content.decode()
    assert client.post(link, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 200
    assert Person.objects.get().check_password(NEW_PASSWORD)
    sign_in(client, password=NEW_PASSWORD)
    assert is_signed_in(client)


def test_a_new_password_by_link_does_not_pass_by_the_second_step(client, anna):
    secret = with_app(anna)
    ask_for_link(client)
    choose_password(client)
    assert not is_signed_in(client)
    assert sign_in(client, password=NEW_PASSWORD)["Location"] == "/account/2fa/authenticate/"
    assert not is_signed_in(client)
    client.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert is_signed_in(client)


def test_an_unknown_address_gets_a_message_that_there_is_no_account(client, db):
    ask_for_link(client, "else@example.org")
    assert last_message().to == "else@example.org"
    assert "http" not in last_message().body


def test_changing_the_password_ends_other_sessions_at_their_next_request(client, other_browser, anna):
    sign_in(client)
    sign_in(other_browser)
    words = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post("/account/password/change/", words)
    assert is_signed_in(client)
    assert not is_signed_in(other_browser)
    assert last_message().to == anna.email


def test_a_thousand_failures_of_a_stranger_do_not_keep_the_person_out(anna):
    stranger = Client(REMOTE_ADDR="192.0.2.1")
    for attempt in range(1000):
        sign_in(stranger, password=f"guess {attempt}")
    sign_in(stranger)
    assert not is_signed_in(stranger)
    own = Client(REMOTE_ADDR="198.51.100.7")
    sign_in(own)
    assert is_signed_in(own)


def test_many_strangers_do_not_keep_the_person_out_of_their_own_browser(anna):
    own = Client(REMOTE_ADDR="198.51.100.7")
    sign_in(own)
    own.post("/account/logout/")
    for stranger in range(70):
        for attempt in range(5):
            sign_in(Client(REMOTE_ADDR=f"192.0.2.{stranger}"), password=f"guess {attempt}")
    new = Client(REMOTE_ADDR="203.0.113.9")
    sign_in(new)
    assert not is_signed_in(new)
    sign_in(own)
    assert is_signed_in(own)
    ask_for_link(new)
    choose_password(new)
    sign_in(new, password=NEW_PASSWORD)
    assert is_signed_in(new)


def test_the_mark_of_a_browser_cannot_be_made_up_and_tells_no_address(client, anna):
    sign_in(client)
    client.get("/desk/")
    mark = client.cookies[COOKIE].value
    assert "anna" not in mark
    assert client.cookies[COOKIE]["httponly"]
    ben = Client(REMOTE_ADDR="203.0.113.9")
    person()
    sign_in(ben, email="ben@example.org")
    ben.get("/desk/")
    assert ben.cookies[COOKIE].value != mark


def test_a_failure_is_announced_without_the_address(client, anna):
    heard = []

    def hear(sender, mark, **_words):
        heard.append(mark)

    events.sign_in_failed.connect(hear)
    sign_in(client, password="wrong")
    sign_in(client, password="wrong again")
    events.sign_in_failed.disconnect(hear)
    assert heard[0] == heard[1] != ""
    assert "anna" not in heard[0]


def demo(owner):
    return DemoAccount.objects.create(person=owner, role={"nl": "voorbeeld"})


def test_in_the_demonstration_one_press_signs_in_without_a_second_step(client, anna, settings):
    settings.DEMO = True
    account = demo(anna)
    assert "Anna Example" in client.get("/account/login/").content.decode()
    response = client.post("/account/demo/", {"account": account.pk})
    assert response["Location"] == "/desk/"
    assert is_signed_in(client)


def test_outside_the_demonstration_there_is_no_such_sign_in(client, anna, settings):
    settings.DEMO = False
    account = demo(anna)
    assert "Anna Example" not in client.get("/account/login/").content.decode()
    assert client.post("/account/demo/", {"account": account.pk}).status_code == 404
    assert not is_signed_in(client)


def test_demo_accounts_that_do_not_exist_are_not_found(client, anna, settings):
    settings.DEMO = True
    for number in ("0", "", "abc", "9" * 30, str(anna.pk + 1000)):
        assert client.post("/account/demo/", {"account": number}).status_code == 404
    assert client.get("/account/demo/").status_code == 405


def test_a_page_asked_for_without_session_comes_after_signing_in(client, anna):
    response = client.get("/desk/form/?a=1")
    assert response["Location"] == "/account/login/?next=/desk/form/%3Fa%3D1"
    assert sign_in(client, next_page="/desk/form/?a=1")["Location"] == "/desk/form/?a=1"


def test_no_sign_in_leads_to_a_foreign_site(client, anna):
    assert sign_in(client, next_page="https://evil.example.net/")["Location"] == "/desk/"
