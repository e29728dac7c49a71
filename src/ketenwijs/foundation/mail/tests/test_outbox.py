"""The outbox: what it refuses, that messages go out once, and what happens when the mail server is away."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from ketenwijs.foundation.mail.messages import LONGEST_SUBJECT, render_message
from ketenwijs.foundation.mail.models import OutgoingMessage
from ketenwijs.foundation.mail.services import MOST_ATTEMPTS, forget_old, hold_back_all, queue, send_due

pytestmark = pytest.mark.django_db


def put(to="reader@example.org", subject="Subject", body="Text\n", **more):
    return queue(to=to, subject=subject, body=body, **more)


def use(settings, backend):
    settings.EMAIL_BACKEND = f"ketenwijs.foundation.mail.tests.backends.{backend}"


def test_a_waiting_message_is_sent_once():
    put()
    assert send_due() == 1
    assert send_due() == 0
    assert [(one.to, one.subject, one.body) for one in mail.outbox] == [(["reader@example.org"], "Subject", "Text\n")]
    assert "@" in mail.outbox[0].extra_headers["Message-ID"]


def test_a_message_disappears_with_the_change_that_was_rolled_back():
    with transaction.atomic():
        put()
        transaction.set_rollback(True)
    assert send_due() == 0


def test_line_breaks_in_subject_or_address_are_refused():
    for wrong in (
        {"subject": "Hello\r\nBcc: x@example.org"},
        {"subject": "a\nb"},
        {"to": "a@example.org\nb@example.org"},
    ):
        with pytest.raises(ValueError, match="line break"):
            put(**wrong)


def test_what_is_not_one_address_is_refused():
    for wrong in (
        "a@example.org, b@example.org",
        "a@example.org;b@example.org",
        "Name <a@example.org>",
        "",
        "nobody",
    ):
        with pytest.raises(ValidationError):
            put(to=wrong)
    assert not OutgoingMessage.objects.exists()


def test_the_same_key_queues_one_message():
    assert put(dedupe_key="reminder-1") is not None
    assert put(dedupe_key="reminder-1") is None
    assert send_due() == 1
    assert put(dedupe_key="reminder-1") is None
    assert send_due() == 0


def test_while_the_server_is_away_messages_wait_and_then_go_out_once(settings):
    now = timezone.now()
    use(settings, "Away")
    put()
    for minute in range(0, 24 * 60, 30):
        assert send_due(now + timedelta(minutes=minute)) == 0
    assert OutgoingMessage.objects.get().attempts == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due(now + timedelta(days=1)) == 1
    assert send_due(now + timedelta(days=2)) == 0
    assert len(mail.outbox) == 1


def test_one_refused_message_holds_up_no_other_and_is_tried_again_later(settings):
    use(settings, "Refusing")
    now = timezone.now()
    put(to="refused@example.org")
    put()
    assert send_due(now) == 1
    refused = OutgoingMessage.objects.get(to="refused@example.org")
    assert (refused.attempts, refused.last_error, refused.sent_at) == (1, "OSError", None)
    assert send_due(now + timedelta(minutes=1)) == 0
    assert OutgoingMessage.objects.get(pk=refused.pk).attempts == 1
    send_due(now + timedelta(minutes=3))
    assert OutgoingMessage.objects.get(pk=refused.pk).attempts == 2


def test_a_message_that_is_refused_for_days_is_given_up(settings):
    use(settings, "Refusing")
    put(to="refused@example.org")
    now = timezone.now()
    for attempt in range(MOST_ATTEMPTS):
        assert OutgoingMessage.objects.get().dropped_at is None, attempt
        send_due(now + timedelta(hours=5 * attempt))
    assert OutgoingMessage.objects.get().dropped_at is not None


def test_a_message_claimed_by_another_process_is_passed_over_until_its_claim_lapses():
    now = timezone.now()
    message = put()
    OutgoingMessage.objects.filter(pk=message.pk).update(next_try_at=now + timedelta(minutes=10))
    assert send_due(now) == 0
    assert send_due(now + timedelta(minutes=11)) == 1


def test_after_a_restore_nothing_goes_out():
    put()
    assert hold_back_all() == 1
    assert send_due() == 0


def test_old_messages_are_forgotten_but_never_come_twice():
    put()
    put(dedupe_key="once")
    waiting = timezone.now() + timedelta(days=40)
    assert forget_old(waiting) == 0
    send_due()
    assert forget_old(waiting) == 2
    assert forget_old(waiting) == 0
    kept = OutgoingMessage.objects.get()
    assert (kept.to, kept.body, kept.dedupe_key) == ("", "", "once")
    assert put(dedupe_key="once") is None


def test_the_command_sends_what_waits(capsys):
    put()
    call_command("send_mail")
    assert capsys.readouterr().out == "1 sent\n"


@pytest.fixture
def template(tmp_path, settings):
    """A template of a message with a name in subject and text."""
    (tmp_path / "message.txt").write_text(
        "{% load i18n %}About {{ name }}\nDear {{ name }},\n\n{{ text }}\n{{ day|date:'F' }}\n"
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    return "message.txt"


def rendered(template, name, text="x", language="nl"):
    context = {"name": name, "text": text, "day": timezone.datetime(2026, 3, 1)}
    return render_message(template, context, language)


def test_a_message_is_written_in_the_language_of_its_reader(template):
    assert "maart" in rendered(template, "A")[1]
    assert "mars" in rendered(template, "A", language="fr")[1]


def test_a_hostile_name_stays_a_plain_word(template):
    subject, body = rendered(template, "Eve\r\nBcc: all@example.org\u202egro\u2066\x00")
    assert subject == "About Eve Bcc: all@example.orggro"
    assert body.splitlines()[0] == "Dear Eve Bcc: all@example.orggro,"


def test_text_is_not_escaped_and_a_long_subject_is_cut(template):
    subject, body = rendered(template, "d'Été <b>&" + "x" * 400)
    assert subject.startswith("About d'Été <b>&x")
    assert len(subject) == LONGEST_SUBJECT
    assert put(subject=subject, body=body)
