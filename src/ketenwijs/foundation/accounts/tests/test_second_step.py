"""App, recovery codes and passkeys: each code once, secrets unreadable, other sessions end (security case 68)."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from ketenwijs.foundation.accounts import second_factor
from ketenwijs.foundation.accounts.adapters import MFAAdapter
from ketenwijs.foundation.accounts.selectors import second_factors_of
from ketenwijs.foundation.accounts.tests.factories import (
    PASSWORD,
    code_of,
    is_signed_in,
    last_message,
    person,
    recovery_code_of,
    sign_in,
    with_app,
)

pytestmark = pytest.mark.django_db
SECOND = "/account/2fa/authenticate/"


def confirm(client):
    """Type the password again, as the library asks before anything about sign-in is changed."""
    return client.post("/account/reauthenticate/", {"password": PASSWORD})


@pytest.fixture
def demanded(monkeypatch):
    """Everybody's role demands a second factor."""
    monkeypatch.setattr(second_factor, "_demands", [lambda person: True])


def set_up_app(client):
    confirm(client)
    page = client.get("/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    return secret, client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})


def test_a_code_of_the_app_is_asked_and_works_once(client, other_browser, anna):
    secret = with_app(anna)
    assert sign_in(client)["Location"] == SECOND
    assert not is_signed_in(client)
    code = code_of(secret)
    client.post(SECOND, {"code": code})
    assert is_signed_in(client)
    sign_in(other_browser)
    other_browser.post(SECOND, {"code": code})
    assert not is_signed_in(other_browser)


def test_a_wrong_code_does_not_sign_in_and_guessing_is_slowed(client, anna):
    secret = with_app(anna)
    sign_in(client)
    for _attempt in range(10):
        client.post(SECOND, {"code": "000000"})
    client.post(SECOND, {"code": code_of(secret)})
    assert not is_signed_in(client)


def test_a_recovery_code_works_once(client, other_browser, anna):
    with_app(anna)
    code = recovery_code_of(anna)
    for browser, expected in ((client, True), (other_browser, False)):
        sign_in(browser)
        browser.post(SECOND, {"code": code})
        assert is_signed_in(browser) is expected


def test_the_second_step_cannot_be_skipped_by_asking_for_a_page(client, anna):
    with_app(anna)
    sign_in(client)
    assert client.get("/desk/")["Location"].startswith("/account/login/")
    assert client.get("/account/me/")["Location"].startswith("/account/login/")


def test_setting_up_an_app_asks_the_password_ends_other_sessions_and_tells_the_person(
    client, other_browser, anna, django_capture_on_commit_callbacks
):
    sign_in(client)
    sign_in(other_browser)
    assert "/reauthenticate/" in client.get("/account/2fa/totp/activate/")["Location"]
    with django_capture_on_commit_callbacks(execute=True):
        _secret, answer = set_up_app(client)
    assert answer["Location"] == "/account/2fa/recovery-codes/"
    assert is_signed_in(client)
    assert not is_signed_in(other_browser)
    assert second_factors_of(anna).any
    assert last_message().to == anna.email


def test_a_wrong_code_sets_up_nothing(client, anna):
    sign_in(client)
    confirm(client)
    client.get("/account/2fa/totp/activate/")
    client.post("/account/2fa/totp/activate/", {"code": "000000"})
    assert not second_factors_of(anna).any


def test_secrets_are_encrypted_and_readable_after_the_installation_secret_was_renewed(anna, settings):
    secret = with_app(anna)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert recovery_code_of(anna) not in stored
    encrypted = MFAAdapter().encrypt(secret)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one"
    assert MFAAdapter().decrypt(encrypted) == secret


def test_whose_role_demands_it_comes_to_no_page_without_a_second_factor(client, anna, demanded):
    sign_in(client)
    for answer in (client.get("/desk/"), client.post("/desk/form/", {"answer": "long text"})):
        assert answer["Location"] == "/account/me/"
    assert client.get("/account/me/").status_code == 200
    set_up_app(client)
    cache.clear()
    assert client.get("/desk/").status_code == 200


def test_what_was_typed_when_the_second_factor_was_demanded_is_kept(client, anna, demanded):
    sign_in(client)
    client.post("/desk/form/", {"answer": "long text"})
    set_up_app(client)
    assert "long text" in client.get("/desk/form/", follow=True).content.decode()


def test_the_demonstration_demands_no_second_factor(client, anna, demanded, settings):
    settings.DEMO = True
    sign_in(client)
    assert is_signed_in(client)


def test_only_ones_own_factors_can_be_removed(client, anna):
    ben = person()
    key = Authenticator.objects.create(user=ben, type="webauthn", data={"name": "Key"})
    sign_in(client)
    confirm(client)
    for path in ("remove", "edit"):
        assert client.post(f"/account/2fa/webauthn/keys/{key.pk}/{path}/", {"name": "x"}).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()
