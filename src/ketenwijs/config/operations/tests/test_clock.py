"""A clock that jumps back an hour: the order is the number, and what was used or ended stays so (security case 76)."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from ketenwijs.foundation.access.viewer import system
from ketenwijs.foundation.accounts import services
from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.journal.selectors import broken_entries
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.mail.models import OutgoingMessage
from ketenwijs.foundation.mail.services import queue, send_due

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"
AN_HOUR = 3600


@pytest.fixture
def jump(monkeypatch):
    """Set the clock forward or back by seconds from now."""
    now, moment = time.time(), timezone.now()

    def to(seconds):
        monkeypatch.setattr(time, "time", lambda: now + seconds)
        monkeypatch.setattr(timezone, "now", lambda: moment + timedelta(seconds=seconds))

    return to


@pytest.fixture
def person(db):
    return Person.objects.create_user("somebody@example.org", PASSWORD, name="Some Body")


def test_the_journal_keeps_its_order_and_verifies(jump):
    for number, seconds in enumerate((0, -AN_HOUR, 60)):
        jump(seconds)
        with transaction.atomic():
            record(actor=system("example"), event="files.file.stored", subject=f"example:{number}", chain="north")
    entries = JournalEntry.objects.filter(chain="north").order_by("sequence")
    assert [one.subject for one in entries] == ["example:0", "example:1", "example:2"]
    assert entries[1].at < entries[0].at
    assert list(broken_entries()) == []


def test_a_session_that_was_ended_is_not_revived(person, jump, settings):
    settings.SESSION_COOKIE_AGE = 2 * settings.SESSION_ABSOLUTE_AGE
    visitor = Client()
    assert visitor.post("/account/login/", {"login": person.email, "password": PASSWORD}).status_code == 302
    kept = visitor.cookies[settings.SESSION_COOKIE_NAME].value
    assert visitor.get("/account/me/").status_code == 200
    jump(settings.SESSION_ABSOLUTE_AGE + 60)
    assert visitor.get("/account/me/").status_code == 302
    jump(-AN_HOUR)
    visitor.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert visitor.get("/account/me/").status_code == 302


def test_a_link_for_a_new_password_that_was_used_is_not_revived(person, jump):
    Client().post("/account/password/reset/", {"email": person.email})
    link = re.search(r"/account/password/reset/key/\S+", OutgoingMessage.objects.get().body).group(0)
    visitor = Client()
    page = visitor.get(link, follow=True)
    new = {"password1": "another long password", "password2": "another long password"}
    assert visitor.post(page.redirect_chain[-1][0], new).status_code == 302
    jump(-AN_HOUR)
    late = Client().get(link, follow=True)
    assert "password1" not in late.content.decode()
    person.refresh_from_db()
    assert person.check_password("another long password")


def test_an_invitation_that_was_used_is_not_revived(person, jump):
    with transaction.atomic():
        services.invite(
            actor=system("example"),
            email="new@example.org",
            name="New Person",
            role="operator",
            scope_kind="installation",
            scope_key="all",
        )
    link = re.search(r"/account/invitation/(\S+)/", OutgoingMessage.objects.get().body)
    services.accept(token=link.group(1), name="New Person", password="another long password")
    jump(-AN_HOUR)
    assert services.open_invitation(link.group(1)) is None
    assert Client().get(link.group(0)).status_code >= 400


def test_a_message_is_sent_once_whatever_the_clock_says(jump):
    queue(to="somebody@example.org", subject="Example", body="Once")
    assert send_due() == 1
    for seconds in (-AN_HOUR, AN_HOUR):
        jump(seconds)
        assert send_due() == 0
    assert len(mail.outbox) == 1
