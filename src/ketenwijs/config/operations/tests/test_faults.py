"""A fault of ours shows a number, and neither page, log nor mail holds what anybody typed (security case 80)."""

from __future__ import annotations

import io
import logging
from contextlib import contextmanager

import pytest
from django.conf import settings as configured
from django.db import OperationalError, connection
from django.test import Client

from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.ui.faults import WithoutValues

pytestmark = pytest.mark.django_db
CANARY = "canary-of-a-firm"
FAULTS = ("database or disk is full", "attempt to write a readonly database", "database is locked")


@pytest.fixture
def logged(monkeypatch):
    """What the program's own handler writes, in its own form."""
    (handler,) = [one for one in logging.getLogger().handlers if isinstance(one.formatter, WithoutValues)]
    written = io.StringIO()
    monkeypatch.setattr(handler, "stream", written)
    return written


@contextmanager
def broken(error, *, only_writes=False):
    """Every statement fails with words that nobody may ever read."""

    def fail(execute, sql, params, many, context):
        secret = CANARY  # a local variable, as it would stand in a page that shows stacks of code
        if not only_writes or sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            raise error(f"broken at {secret} {configured.SECRET_KEY} {params}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail):
        yield


@pytest.fixture
def person(db):
    return Person.objects.create_user("somebody@example.org", "a long enough password", name="Some Body")


PAGES = [
    ("get", "/", {}),
    ("get", f"/check/?q={CANARY}", {}),
    ("get", "/desk/", {}),
    ("get", f"/account/invitation/{CANARY}/", {}),
    ("post", "/account/login/", {"login": f"{CANARY}@example.org", "password": CANARY}),
    ("get", "/desk/reports/", {}),
]


@pytest.mark.parametrize(("method", "address", "fields"), PAGES, ids=[f"{m} {a}" for m, a, _f in PAGES])
def test_a_fault_of_ours_shows_a_reference_and_nothing_else_anywhere(
    person, logged, mailoutbox, settings, method, address, fields
):
    settings.ADMINS = ["admin@host.example"]
    visitor = Client(raise_request_exception=False)
    if address.startswith("/desk/"):
        visitor.force_login(person)
    with broken(RuntimeError):
        answer = getattr(visitor, method)(address, fields)
    # The visitor's own address stands in the form that changes the language of the page.
    page, log = answer.content.decode().replace(f'value="{address}"', ""), logged.getvalue()
    assert answer.status_code in ((404, 500) if "invitation" in address else (500,))
    assert answer.headers["X-Reference"] in page
    assert answer.headers["X-Reference"] in log
    assert mailoutbox == []
    for secret in (CANARY, configured.SECRET_KEY, "broken at", "SELECT"):
        assert secret not in page
        assert secret not in log
    for inside in ("RuntimeError", "Traceback", "test_faults.py"):
        assert inside not in page
    if answer.status_code == 500:
        # Who repairs it does find the place.
        assert "builtins.RuntimeError" in log
        assert "test_faults.py:" in log


def test_the_cause_is_named_before_what_came_of_it_and_no_words_of_either():
    try:
        try:
            raise KeyError(CANARY)
        except KeyError as error:
            raise ValueError(CANARY) from error
    except ValueError as error:
        record = logging.LogRecord("jobs", logging.ERROR, __file__, 1, "job %s failed", ("send",), None)
        record.exc_info = (type(error), error, error.__traceback__)
        record.exc_text = f"made by another handler {CANARY}"
    shown = WithoutValues("{message}", style="{").format(record)
    assert CANARY not in shown
    assert shown.splitlines()[0] == "job send failed"
    assert shown.index("builtins.KeyError") < shown.index("builtins.ValueError")
    assert record.exc_text


@pytest.mark.parametrize("fault", FAULTS)
def test_a_database_that_cannot_be_written_says_nothing_false_and_needs_no_repair(person, logged, fault):
    visitor = Client(raise_request_exception=False)
    fields = {"login": person.email, "password": "a long enough password"}

    def refused(sentence):
        return OperationalError(f"{fault} {sentence}")

    with broken(refused, only_writes=True):
        answer = visitor.post("/account/login/", fields)
        assert visitor.get("/account/login/").status_code == 200  # reading goes on
    page = answer.content.decode()
    assert answer.status_code == 500
    assert answer.headers["X-Reference"] in page
    assert fault not in page + logged.getvalue()
    assert "long enough" not in logged.getvalue()
    assert visitor.post("/account/login/", fields).status_code == 302
