"""What the first page offers per mechanism, in every language without script; and the question about handing over."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from ketenwijs.complaints.cases.models import Case
from ketenwijs.complaints.committee import selectors
from ketenwijs.complaints.committee.terms import Reception, reception
from ketenwijs.complaints.intake import phrases
from ketenwijs.complaints.intake.tests.test_following import committee_writes
from ketenwijs.complaints.intake.views import telling
from ketenwijs.complaints.register.models import Release

pytestmark = pytest.mark.django_db
LANGUAGES = sorted(phrases.all_sheets())
TO = {"name": "Example worker helpline", "address": "https://helpline.example/", "telephone": "+31 00"}


def read(answer):
    """A page as a person reads it."""
    return html.unescape(answer.content.decode())


@pytest.fixture
def in_force(monkeypatch):
    """Sets what is in force, as the content files would say."""

    def put(kind):
        both = reception()
        found = Reception(kind != "outside", both.bodies if kind != "own" else ())
        for module in (telling, selectors):
            monkeypatch.setattr(module, "reception", lambda *_about, **_day: found)

    return put


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_an_own_committee_only_our_form_is_offered(client, committee, in_force, language):
    in_force("own")
    words, shown = phrases.all_sheets()[language].phrases, read(client.get(f"/{language}/"))
    assert words["start_button"] in shown
    assert TO["name"] not in shown
    assert words["choose"] not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_both_the_person_chooses_between_equal_ways(client, committee, in_force, language):
    in_force("both")
    words, shown = phrases.all_sheets()[language].phrases, read(client.get(f"/{language}/"))
    for name in ("choose", "own_way", "start_button", "outside_what", "outside_alone", "have_number"):
        assert words[name] in shown
    assert TO["name"] in shown
    assert len(re.findall(r'class="button"', shown)) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_an_outside_mechanism_there_is_no_form_and_open_cases_are_finished(client, committee, in_force, language):
    in_force("outside")
    words, shown = phrases.all_sheets()[language].phrases, read(client.get(f"/{language}/"))
    assert words["start_button"] not in shown.replace(words["outside_only"], "")
    assert f"/{language}/number/" not in shown
    assert f"/{language}/follow/" in shown
    for name in ("outside_only", "outside_finish", "have_number"):
        assert words[name] in shown
    for part in (TO["name"], TO["address"]):
        assert part in shown
    assert client.get(f"/{language}/number/").url == f"/{language}/"
    assert client.get(f"/{language}/follow/").status_code == 200


def test_a_running_case_is_followed_and_answered_under_an_outside_mechanism(walk, committee, in_force):
    walk.tell()
    in_force("outside")
    committee_writes(committee["chair"], "We finish your case.")
    assert walk.come_back().url == "/en/case/"
    assert "We finish your case." in walk.get("case/").content.decode()
    assert walk.post("case/", text="thank you").status_code == 302
    assert not selectors.is_intake_open()


def test_an_agreement_has_an_address_of_its_own_and_an_unknown_one_none(client, committee):
    served = reception().bodies[0].agreement
    assert TO["name"] in client.get(f"/hi/of/{served}/").content.decode()
    assert client.get("/hi/of/gravel/").status_code == 404


def test_several_bodies_say_whose_they_are(client, committee, monkeypatch):
    first = reception().bodies[0]
    other = replace(first, outside=first.outside.model_copy(update={"name": "Second line"}))
    monkeypatch.setattr(telling, "reception", lambda _agreement: Reception(True, (first, other)))
    shown = client.get("/en/").content.decode()
    assert "Second line" in shown
    assert shown.count(first.agreement_name.en) == 2


def test_the_public_page_of_the_committee_says_what_is_in_force(client, committee):
    assert not Release.objects.exists()
    shown = client.get("/register/").content.decode()
    for part in ("Where a complaint can be told", "the person chooses", TO["name"], TO["address"], "Nothing by itself"):
        assert part in shown


def question(committee):
    return committee_writes(committee["chair"], "", kind="transfer", to=TO, items=["told", "files"]).sequence


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_question_names_the_body_and_what_it_would_get_in_the_persons_language(walk, committee, language):
    walk.language = language
    walk.tell()
    question(committee)
    walk.come_back()
    words, shown = phrases.all_sheets()[language].phrases, read(walk.get("case/"))
    for name in ("transfer_question", "transfer_told", "transfer_files", "transfer_yes", "transfer_no"):
        assert words[name] in shown
    assert words["transfer_messages"] not in shown
    assert " · ".join(TO.values()) in shown


def test_a_yes_can_be_taken_back_until_the_case_went(walk, committee):
    walk.tell()
    asked = question(committee)
    walk.come_back()
    assert "I take back my yes" not in walk.get("case/").content.decode()
    walk.post("case/", question=f"transfer:{asked}", say="yes")
    shown = walk.get("case/").content.decode()
    assert "Yes, hand it over" in shown
    assert shown.count('value="yes"') == 0
    assert "I take back my yes" in shown
    walk.post("case/", question=f"transfer:{asked}", say="no")
    shown = walk.get("case/").content.decode()
    assert "No, keep it with the committee" in shown
    assert "I take back my yes" not in shown


def test_after_it_went_the_person_reads_to_whom_and_when(walk, committee):
    walk.tell()
    asked = question(committee)
    walk.come_back()
    walk.post("case/", question=f"transfer:{asked}", say="yes")
    committee_writes(committee["chair"], "", kind="transferred", name=TO["name"], day="2026-11-24")
    Case.objects.update(state="transferred")
    shown = walk.get("case/").content.decode()
    assert "Handed to Example worker helpline on 24 November 2026, because you said yes." in shown
    assert "Handed to another body" in shown
    assert "I take back my yes" not in shown


def test_a_misshapen_question_of_a_member_does_not_break_the_page(walk, committee):
    walk.tell()
    committee_writes(committee["chair"], "", kind="transfer", to="nobody", items=None)
    walk.come_back()
    assert walk.get("case/").status_code == 200
