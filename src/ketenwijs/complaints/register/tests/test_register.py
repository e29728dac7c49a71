"""The register shows released copies only, hides what points at somebody, and publishes what was signed."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils import timezone

from ketenwijs.complaints.cases.models import Case
from ketenwijs.complaints.cases.services.erasing import erase_due
from ketenwijs.complaints.cases.services.keys import declare
from ketenwijs.complaints.cases.services.writing import note_read
from ketenwijs.complaints.cases.tests.conftest import tell
from ketenwijs.complaints.committee.tests.factories import full_committee
from ketenwijs.complaints.register import rules, services
from ketenwijs.complaints.register.definitions import self_check
from ketenwijs.complaints.register.models import Release, Ruling, Tally
from ketenwijs.complaints.register.rules import LABEL, ruling_bytes, shared_enough, table
from ketenwijs.complaints.sealing import signatures
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

pytestmark = pytest.mark.django_db
WORDS = {"number": 1, "interim": False, "language": "en", "title": "Masks", "text": "The firm gives masks."}


@pytest.fixture
def committee(db):
    return full_committee()


@pytest.fixture
def case(committee):
    found = tell().case
    for function in ("chair", "secretary", "member_firms"):
        declare(actor=committee[function].member, case=found, free=True)
    return found


def signed(sitting, **changes):
    words = {**WORDS, **changes}
    signature = signatures.sign(sitting.private, LABEL, ruling_bytes(**words))
    return {"actor": sitting.member, **words, "signature": base64.b64encode(signature).decode()}


@pytest.mark.parametrize(
    ("counts", "cells", "total"),
    [
        ({"a": 0, "b": 0}, {"a": 0, "b": 0}, 0),
        ({"a": 1, "b": 2}, {"a": None, "b": None}, None),
        ({"a": 9, "b": 7}, {"a": 9, "b": 7}, 16),
        ({"a": 2, "b": 7, "c": 9}, {"a": None, "b": None, "c": 9}, 18),
        ({"a": 2, "b": 2, "c": 9}, {"a": None, "b": None, "c": None}, 13),
        ({"a": 3, "b": 3, "c": 9}, {"a": None, "b": None, "c": 9}, 15),
        ({"a": 0, "b": 6, "c": 9}, {"a": None, "b": None, "c": 9}, 15),
    ],
)
def test_small_cells_are_hidden_and_cannot_be_subtracted(counts, cells, total):
    assert table(counts, 5) == (cells, total)


def test_a_value_is_shared_by_enough_or_hidden():
    assert shared_enough(["IN"] * 5 + ["CN"] * 4 + ["", ""], 5) == {"IN"}


def test_a_release_keeps_no_country_or_theme_that_is_not_public(case, committee):
    made = services.release_register(actor=committee["chair"].member, about={case.number: ("IN", "wages canary")})
    assert made.payload["running"] == [
        {"number": 1, "kind": "complaint", "state": "received", "suspended": False, "country": None, "theme": None}
    ]
    assert "canary" not in str(list(Release.objects.values()))


def test_countries_that_enough_cases_share_are_shown(committee, client):
    for _one in range(5):
        tell()
    numbers = list(Case.objects.values_list("number", flat=True))
    about = {number: ("IN", "dust" if number < 3 else "wages") for number in numbers}
    services.release_register(actor=committee["chair"].member, about=about)
    shown = client.get("/register/").content.decode()
    assert shown.count(">IN<") == 5
    assert "dust" not in shown
    assert rules.MARK in shown


def test_only_a_release_changes_what_the_public_sees(case, committee, client):
    assert "No copy of the register was released yet" in client.get("/register/").content.decode()
    services.release_register(actor=committee["chair"].member, about={})
    Case.objects.update(state="hearing")
    assert "Received" in client.get("/register/").content.decode()
    assert client.get("/register/released.json").json()["release"]["running"][0]["state"] == "received"


def test_an_ordinary_member_may_not_release(case, committee):
    with pytest.raises(NotAllowed):
        services.release_register(actor=committee["member_firms"].member, about={})


def test_an_erased_case_stays_counted(case, committee):
    note_read(case, 1)
    Case.objects.update(closed_week=date(2020, 1, 6), last_word_week=date(2020, 1, 6), state="closed")
    assert erase_due(timezone.localdate()) == 1
    assert Tally.objects.get().state == "closed"
    services.release_register(actor=committee["chair"].member, about={})


def test_a_ruling_is_public_after_the_chair_and_another_signed_the_same_words(case, committee, client):
    first = services.sign_ruling(**signed(committee["member_firms"]))
    assert first.published_on is None
    assert client.get(f"/register/rulings/{first.pk}/").status_code == 404
    services.sign_ruling(**signed(committee["chair"]))
    shown = client.get(f"/register/rulings/{first.pk}/").content.decode()
    assert "The firm gives masks." in shown
    assert "Member_Firms" in shown
    [ruling] = client.get("/register/released.json").json()["rulings"]
    assert (ruling["title"], ruling["text"], ruling["published_on"]) == (
        "Masks", "The firm gives masks.", timezone.localdate().isoformat(),
    )  # fmt: skip
    assert {one["function"] for one in ruling["signed_by"]} == {"chair", "member_firms"}
    assert client.get(ruling["address"].removeprefix(settings.PUBLIC_ADDRESS)).status_code == 200


def shape(content):
    """Names and kinds of value, without the values; names that are codes of content become one."""
    if isinstance(content, dict):
        codes = {"kinds", "states", "functions", "cells"}
        return {
            name: {"code": shape(next(iter(value.values())))} if name in codes and value else shape(value)
            for name, value in content.items()
        }
    if isinstance(content, list):
        return [shape(content[0])] if content else []
    return "null or text or number" if content is None or type(content) in (int, str) else type(content).__name__


def test_the_released_file_has_the_form_of_the_example_that_the_platform_takes(case, committee, client):
    """The platform's own tests take the same example, so that neither program changes the form alone."""
    for sitting in ("member_firms", "chair"):
        services.sign_ruling(**signed(committee[sitting]))
    services.release_register(actor=committee["chair"].member, about={})
    example = json.loads((Path(settings.CONTENT_DIR) / "demo" / "complaints-released.json").read_text("utf-8"))
    released = client.get("/register/released.json").json()
    assert shape(released) == shape(example)
    assert released["format"] == example["format"]
    assert released["names"]["kinds"] == example["names"]["kinds"]
    assert released["names"]["states"] == example["names"]["states"]


def test_a_withdrawn_ruling_is_not_released(case, committee, client):
    for sitting in ("member_firms", "chair"):
        ruling = services.sign_ruling(**signed(committee[sitting]))
    services.ask_withdrawal(actor=committee["secretary"].member, ruling=ruling)
    assert len(client.get("/register/released.json").json()["rulings"]) == 1
    services.withdraw_ruling(actor=committee["chair"].member, ruling=ruling)
    assert client.get("/register/released.json").json()["rulings"] == []


def test_two_members_without_the_chair_are_not_enough(case, committee):
    services.sign_ruling(**signed(committee["member_firms"]))
    assert services.sign_ruling(**signed(committee["secretary"])).published_on is None


def test_changed_words_are_another_ruling_with_no_signatures_of_the_first(case, committee):
    services.sign_ruling(**signed(committee["chair"]))
    services.sign_ruling(**signed(committee["secretary"], text="Other words."))
    assert Ruling.objects.filter(published_on=None).count() == 2


def test_a_signature_of_another_key_or_text_and_a_second_one_are_refused(case, committee):
    wrong = signed(committee["chair"]) | {"signature": signed(committee["secretary"])["signature"]}
    with pytest.raises(DomainError, match="does not fit"):
        services.sign_ruling(**wrong)
    services.sign_ruling(**signed(committee["chair"]))
    with pytest.raises(DomainError, match="already"):
        services.sign_ruling(**signed(committee["chair"]))


def test_who_did_not_declare_to_be_free_may_not_sign(case, committee):
    with pytest.raises(NotAllowed):
        services.sign_ruling(**signed(committee["member_society"]))


def test_a_withdrawn_ruling_says_so_at_its_address(case, committee, client):
    for function in ("chair", "secretary"):
        made = services.sign_ruling(**signed(committee[function]))
    services.note_follow_up(actor=committee["secretary"].member, ruling=made, text="Masks were seen.")
    assert "Masks were seen." in client.get(f"/register/rulings/{made.pk}/").content.decode()
    services.ask_withdrawal(actor=committee["secretary"].member, ruling=made)
    services.withdraw_ruling(actor=committee["chair"].member, ruling=made)
    gone = client.get(f"/register/rulings/{made.pk}/")
    assert gone.status_code == 410
    assert "The firm gives masks." not in gone.content.decode()
    made.refresh_from_db()
    with pytest.raises(DomainError):
        services.withdraw_ruling(actor=committee["chair"].member, ruling=made)


def test_the_register_costs_the_same_for_few_and_many_cases(committee, client, django_assert_max_num_queries):
    for _one in range(12):
        tell()
    services.release_register(actor=committee["chair"].member, about={})
    with django_assert_max_num_queries(5):
        client.get("/register/")


def test_a_poster_and_a_card_are_made_in_every_language(committee, client):
    for language in ("nl", "hi", "zh-hans"):
        for size in ("poster", "card"):
            made = client.get(f"/register/posters/{language}/{size}.pdf?site=Example quarry 3")
            assert made.content[:5] == b"%PDF-"
    shown = client.get("/register/posters/?site=Example  quarry 3").content.decode()
    assert "/register/posters/hi/card.pdf?site=Example+quarry+3" in shown
    assert '/register/posters/hi/card.pdf"' in client.get("/register/posters/").content.decode()
    assert client.get("/register/posters/xx/poster.pdf").status_code == 404
    assert client.get("/register/posters/nl/flag.pdf").status_code == 404


def test_the_self_check_is_public_only_with_every_criterion_and_its_evidence(committee, client):
    codes = [criterion.code for criterion in self_check().criteria]
    assert len(codes) == 8
    client.force_login(committee["chair"].person)
    fields = {f"verdict_{code}": "partly" for code in codes} | {f"evidence_{code}": f"Seen: {code}" for code in codes}
    half = {**fields, "evidence_learning": " "}
    refused = client.post("/committee/self-check/", {**half, "publish": "yes"})
    assert refused.status_code == 400
    assert "Seen: dialogue" in refused.content.decode()
    assert "Seen" not in client.get("/register/self-check/").content.decode()
    assert client.post("/committee/self-check/", half).status_code == 302
    assert client.post("/committee/self-check/", {**fields, "publish": "yes"}).status_code == 302
    assert "Seen: learning" in client.get("/register/self-check/").content.decode()
    assert client.post("/committee/self-check/", fields).status_code == 400


def test_the_checksums_of_everything_the_pages_load_are_public(committee, client):
    lines = client.get("/register/assets.txt").content.decode().splitlines()
    told = dict(reversed(line.split("  ")) for line in lines)
    assert {"intake/page.js", "intake/sealing.js", "sealing/payloads.js", "vendor/age.js", "intake/intake.css"} <= set(
        told
    )
    style = Path(finders.find("intake/intake.css")).read_bytes()
    assert told["intake/intake.css"] == hashlib.sha256(style).hexdigest()
