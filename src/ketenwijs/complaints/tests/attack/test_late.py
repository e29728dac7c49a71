"""Who writes longer than the pass of the browser lasts loses nothing, also without script (case 77)."""

from __future__ import annotations

import re

import pytest

from ketenwijs.complaints.cases.models import Case, Envelope
from ketenwijs.complaints.intake import passes
from ketenwijs.complaints.intake.tests.conftest import CANARY

pytestmark = pytest.mark.django_db


def hidden(page):
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def test_who_wrote_for_hours_without_script_sends_with_the_same_number(walk, committee):
    walk.take_number()
    fields = hidden(walk.get("write/").content.decode())
    walk.client.cookies.clear()  # as after fifteen minutes
    assert walk.client.post("/en/write/", {**fields, "text": CANARY}).url == "/en/sent/"
    assert walk.come_back(walk.receipt).url == "/en/case/"
    assert CANARY in walk.get("case/").content.decode()


def test_the_pass_in_a_form_ends_opens_no_case_and_cannot_be_made_up(walk, monkeypatch):
    walk.take_number()
    fields = hidden(walk.get("write/").content.decode())
    assert walk.receipt not in fields["pass"]
    walk.client.cookies.clear()
    for forged in ("", "x", fields["pass"][:-4] + "AAAA"):
        answer = walk.client.post("/en/write/", {**fields, "pass": forged, "text": CANARY})
        assert answer.url == "/en/number/"
    with monkeypatch.context() as later:
        later.setattr(passes, "FORM_SECONDS", -1)
        assert walk.client.post("/en/write/", {**fields, "text": CANARY}).url == "/en/number/"
    assert Case.objects.count() == 0
    # The pass of somebody who may read a case never counts from a form.
    walk.tell()
    reading = walk.client.cookies["p"].value
    walk.client.cookies.clear()
    assert walk.client.post("/en/write/", {**fields, "pass": reading, "text": "x"}).url == "/en/number/"


def test_an_answer_typed_too_long_comes_back_after_the_number_and_is_sent_on_one_press(walk):
    walk.tell()
    fields = hidden(walk.get("case/").content.decode())
    walk.client.cookies.clear()
    late = walk.client.post("/en/case/", {**fields, "text": "typed <b>long</b>"})
    assert late.status_code == 403
    asked = late.content.decode()
    assert "typed &lt;b&gt;long&lt;/b&gt;</textarea>" in asked
    again = walk.client.post("/en/follow/", {"number": walk.receipt, "text": "typed <b>long</b>"})
    page = again.content.decode()
    assert ">typed &lt;b&gt;long&lt;/b&gt;</textarea>" in page
    assert Envelope.objects.count() == 1
    assert walk.client.post("/en/case/", {**hidden(page), "text": "typed <b>long</b>"}).url == "/en/case/"
    assert Envelope.objects.count() == 2
