"""Telling without script: three short pages, sealed on arrival, nothing twice, nothing lost."""

from __future__ import annotations

import gzip
import io
import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from ketenwijs.complaints.cases.models import Case, Envelope, SealedFile, Wrap
from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.committee.models import MemberKey, SignedKeyList
from ketenwijs.complaints.committee.terms import reception
from ketenwijs.complaints.committee.tests.factories import put_up_list
from ketenwijs.complaints.intake import brakes, phrases
from ketenwijs.complaints.intake.phrases import Review
from ketenwijs.complaints.intake.tests.conftest import CANARY, Walk
from ketenwijs.complaints.sealing import envelopes
from ketenwijs.complaints.sealing.payloads import INTAKE, read
from ketenwijs.foundation.files import storage

pytestmark = pytest.mark.django_db


def opened(committee, function="chair", name=INTAKE):
    """The payloads of the only case, as a member's browser would open them."""
    case = Case.objects.get()
    found = []
    for envelope in Envelope.objects.filter(case=case, name=name):
        wrap = Wrap.objects.get(thread__case=case, thread__name=name, member_key=committee[function].key)
        identity = envelopes.unseal(wrap.sealed, committee[function].identity).decode()
        found.append((identity, read(envelopes.unseal(envelope.sealed, identity).split(b"\n")[0])))
    return found


def photo(place=True):
    picture, target = Image.new("RGB", (40, 30), "grey"), io.BytesIO()
    exif = picture.getexif()
    if place:
        exif[0x010E] = "canary-place"
        exif.get_ifd(0x8825)[1] = "N"
    picture.save(target, "JPEG", exif=exif)
    return target.getvalue()


def test_three_pages_and_the_committee_can_read_it(walk, committee):
    assert walk.take_number().url == "/en/write/"
    assert walk.post("write/", text=CANARY, for_other="1").url == "/en/sent/"
    sent = walk.get("sent/").content.decode()
    assert "Your message has arrived" in sent
    assert "sealed when it reaches our computer" in sent
    [(_identity, payload)] = opened(committee)
    assert payload.body["text"] == CANARY
    assert payload.body["for_other"] is True
    assert opened(committee, "secretary")[0][1].body["text"] == CANARY


def test_only_the_first_readers_have_a_key(walk, committee):
    walk.tell()
    assert {wrap.member_key.person.name for wrap in Wrap.objects.exclude(member_key=None)} == {"Chair", "Secretary"}


def test_a_telling_about_the_chair_goes_to_the_deputy(walk, committee):
    walk.tell(without_chair="1")
    names = {wrap.member_key.person.name for wrap in Wrap.objects.exclude(member_key=None)}
    assert names == {"Deputy_Chair", "Secretary"}
    [(_identity, said)] = opened(committee, "deputy_chair")
    assert said.body["without_chair"] is True  # the members' page says it, so that nobody gives the chair the key


def test_the_number_must_be_typed_back_first(walk):
    walk.get("number/")
    refused = walk.post("number/", last="0000x")
    assert refused.status_code == 400
    assert "not the last four digits" in refused.content.decode()
    assert walk.get("write/").url == "/en/number/"


@pytest.mark.parametrize(("zero", "language"), [(0x966, "hi"), (0xBE6, "ta"), (0xFF10, "zh-hans"), (0x660, "en")])
def test_the_last_digits_and_the_number_may_be_typed_in_any_script(client, committee, zero, language):
    walk = Walk(client, language)

    def in_script(digits):
        return "".join(chr(zero + int(digit)) for digit in digits)

    shown = walk.get("number/").content.decode()
    walk.receipt = re.search(r'id="receipt">([\d ]+)<', shown).group(1).replace(" ", "")
    assert walk.post("number/", last=in_script(walk.receipt[-4:])).status_code == 302
    walk.post("write/", text=CANARY)
    spaced = " - ".join(re.findall("....", in_script(walk.receipt)))
    assert walk.come_back(spaced).url == f"/{language}/case/"
    assert CANARY in walk.get("case/").content.decode()


def test_sending_the_same_again_makes_one_case_and_one_message(walk):
    walk.take_number()
    shown = walk.get("write/").content.decode()
    key = re.search(r'name="key" value="([0-9a-f]+)"', shown).group(1)
    before = walk.client.cookies.copy()
    for _again in range(3):
        walk.client.cookies = before.copy()
        assert walk.client.post("/en/write/", {"key": key, "text": CANARY}).status_code == 302
    assert Case.objects.count() == 1
    assert Envelope.objects.count() == 1


def test_a_mended_text_sent_again_with_the_same_number_joins_the_same_case(walk, committee):
    walk.take_number()
    before = walk.client.cookies.copy()
    walk.post("write/", text="first")
    walk.client.cookies = before
    walk.post("write/", text="first, and more")
    assert Case.objects.count() == 1
    assert [payload.body["text"] for _identity, payload in opened(committee)] == ["first", "first, and more"]


def test_a_photo_loses_its_place_unless_it_is_kept_as_proof(walk, committee):
    walk.tell(files=SimpleUploadedFile("IMG_Kaveri.jpg", photo()))
    [(identity, _text), (_same, about)] = opened(committee)
    stored = storage.path_of(SealedFile.objects.get().stored_name).read_bytes()
    content = envelopes.unseal_file(stored, identity, size=about.body["size"], sha256=about.body["sha256"])
    assert not Image.open(io.BytesIO(content)).getexif()
    assert about.body["name"] == "1.jpg"
    assert b"canary-place" not in stored


def test_a_photo_keeps_its_place_after_an_explicit_choice(walk, committee):
    walk.tell(files=SimpleUploadedFile("x.jpg", photo()), keep_place="1")
    [(identity, text), (_same, about)] = opened(committee)
    stored = storage.path_of(SealedFile.objects.get().stored_name).read_bytes()
    assert b"canary-place" in envelopes.unseal_file(
        stored, identity, size=about.body["size"], sha256=about.body["sha256"]
    )
    assert text.body["place_kept"] is True


def test_a_voice_message_alone_is_enough(walk, committee):
    walk.take_number()
    assert walk.post("write/", files=SimpleUploadedFile("v.ogg", b"OggS" + bytes(5000))).status_code == 302
    assert [payload.kind for _identity, payload in opened(committee)] == ["text", "file"]


@pytest.mark.parametrize(
    "content", [b"<svg onload=alert(1)>", b"MZ\x90", b"\xff\xd8\xff but no picture", b"PK\x03\x04"]
)
def test_a_file_that_is_not_taken_keeps_the_words_in_the_form_and_nothing_is_stored(walk, content):
    walk.take_number()
    refused = walk.post("write/", text=CANARY, files=SimpleUploadedFile("x.jpg", content))
    assert refused.status_code == 400
    assert CANARY in refused.content.decode()
    assert "cannot be taken" in refused.content.decode()
    assert Case.objects.count() == 0


def test_a_file_over_the_limit_is_refused_with_the_words_kept(walk, settings):
    settings.LARGEST_FILE = 1000
    walk.take_number()
    refused = walk.post("write/", text=CANARY, files=SimpleUploadedFile("v.ogg", b"OggS" + bytes(5000)))
    assert refused.status_code == 400
    assert "too large" in refused.content.decode()
    assert CANARY in refused.content.decode()


def test_nothing_at_all_is_refused(walk):
    walk.take_number()
    assert "Write something" in walk.post("write/", text="  ").content.decode()


def test_when_a_file_cannot_be_stored_the_words_are_safe_and_the_page_asks_again(walk, committee, settings, tmp_path):
    (tmp_path / "full").write_text("not a folder")
    settings.STORED_FILES_DIR = tmp_path / "full" / "sealed"
    response = walk.tell(files=SimpleUploadedFile("v.ogg", b"OggS" + bytes(50)))
    assert response.url == "/en/sent/?files=missing"
    assert "add it again here" in walk.client.get(response.url).content.decode()
    assert len(opened(committee)) == 1


def test_nothing_readable_reaches_database_files_or_log(walk, committee, caplog, django_assert_max_num_queries):
    caplog.set_level("DEBUG")
    walk.tell(files=SimpleUploadedFile("IMG.jpg", photo()))
    walk.come_back()
    walk.post("case/", text=f"more {CANARY}")
    from django.db import connection

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            kept = b"|".join(
                bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for row in cursor for v in row
            )
            for secret in (CANARY.encode(), b"canary-place", walk.receipt.encode(), b"Mozilla", b"127.0.0.1"):
                assert secret not in kept, table
    for path in Path(settings.STORED_FILES_DIR).rglob("*"):
        assert not path.is_file() or CANARY.encode() not in path.read_bytes()
    assert CANARY not in caplog.text
    assert walk.receipt not in caplog.text


def test_only_the_week_of_receipt_is_kept(walk):
    walk.tell()
    case = Case.objects.get()
    assert case.received_week.weekday() == 0
    assert {field.get_internal_type() for field in Case._meta.get_fields() if field.concrete} & {
        "DateTimeField"
    } == set()


def test_nothing_is_left_on_the_phone(walk):
    walk.tell()
    for page in ("", "number/", "sent/", "case/", "follow/"):
        response = walk.get(page)
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert CANARY not in response.content.decode() or page == "case/"
        assert set(response.cookies) <= {"p"}
    assert set(walk.client.cookies) == {"p"}
    pass_cookie = walk.client.cookies["p"]
    assert pass_cookie["httponly"]
    assert not pass_cookie["max-age"]
    assert pass_cookie["samesite"] == "Strict"
    assert walk.receipt not in pass_cookie.value


def test_quick_exit_takes_the_pass_and_clears_the_browser(walk):
    walk.tell()
    response = walk.client.get("/exit/")
    assert response.url.startswith("https://")
    assert "cookies" in response.headers["Clear-Site-Data"]
    assert CANARY not in walk.get("case/").content.decode()


def test_the_policy_of_the_pages_is_strict(walk):
    policy = walk.get("").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_until_two_members_tested_keys_the_page_shows_another_way_in(client, committee):
    MemberKey.objects.exclude(person__name="Chair").update(tested_on=None)
    shown = client.get("/en/").content.decode()
    assert "cannot take messages now" in shown
    assert "Telephone" in shown
    assert client.get("/en/number/").url == "/en/"


def test_a_list_that_somebody_changed_closes_intake(client, committee):
    chair = committee["chair"].key.recipient
    row = SignedKeyList.objects.get()
    SignedKeyList.objects.update(document=row.document.replace(chair, envelopes.new_identity()[1]))
    assert "cannot take messages now" in client.get("/en/").content.decode()


def test_a_key_whose_row_was_swapped_is_not_sealed_to(walk, committee):
    MemberKey.objects.filter(pk=committee["chair"].key.pk).update(recipient=envelopes.new_identity()[1])
    walk.tell()
    assert {wrap.member_key.person.name for wrap in Wrap.objects.exclude(member_key=None)} == {"Secretary"}


def test_another_site_cannot_send_in_somebodys_name(walk):
    walk.take_number()
    foreign = walk.client.post("/en/write/", {"text": CANARY}, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 302
    assert walk.client.post("/en/write/", {"text": CANARY, "key": "0" * 32}).status_code == 200
    assert Case.objects.count() == 0


def test_many_sendings_bring_up_a_sum_and_never_close_the_door(walk):
    walk.take_number()
    for _one in range(brakes.PER_ADDRESS):
        brakes.brake.note("send", "127.0.0.1")
    asked = walk.post("write/", text=CANARY)
    assert asked.status_code == 429
    page = asked.content.decode()
    assert CANARY in page
    one, other = map(int, re.search(r"How much is (\d+) \+ (\d+)", page).groups())
    token = re.search(r'name="sum" value="([^"]+)"', page).group(1)
    fields = {"text": CANARY, "sum": token}
    assert walk.post("write/", **fields, answer=str(one + other + 1)).status_code == 429
    assert walk.post("write/", **fields, answer=str(one + other)).status_code == 302
    assert brakes.is_solved(token, str(one + other)) is False


def test_a_form_from_before_the_flood_is_asked_a_sum_and_not_told_that_it_was_wrong(walk):
    wrong = phrases.all_sheets()["en"].phrases["question_wrong"]
    walk.take_number()
    form = walk.get("write/").content.decode()
    assert 'name="sum"' not in form
    for _one in range(brakes.PER_ADDRESS):
        brakes.brake.note("send", "127.0.0.1")
    page = walk.post("write/", text=CANARY).content.decode()
    assert wrong not in page
    asked = re.search(r'role="alert".*?How much is (\d+) \+ (\d+)', page, re.DOTALL)
    token = re.search(r'name="sum" value="([^"]+)"', page).group(1)
    answer = str(sum(map(int, asked.groups())))
    assert wrong in walk.post("write/", text=CANARY, sum=token, answer="1").content.decode()
    assert walk.post("write/", text=CANARY, sum=token, answer=answer).url == "/en/sent/"


def test_who_writes_longer_than_a_sum_holds_is_asked_another_and_not_told_that_it_was_wrong(walk, monkeypatch):
    walk.take_number()
    for _one in range(brakes.PER_ADDRESS):
        brakes.brake.note("send", "127.0.0.1")
    one, other, token = brakes.new_sum()
    monkeypatch.setattr(brakes, "SUM_SECONDS", -1)
    page = walk.post("write/", text=CANARY, sum=token, answer=str(one + other)).content.decode()
    assert phrases.all_sheets()["en"].phrases["question_wrong"] not in page
    assert "How much is" in page
    assert CANARY in page


def test_going_back_after_sending_gives_no_form_and_no_second_number(walk):
    walk.tell()
    for page in ("write/", "number/"):
        assert walk.client.get(f"/en/{page}", follow=True).redirect_chain[-1] == ("/en/sent/", 302)
    assert CANARY not in walk.get("sent/").content.decode()


def test_a_form_that_still_stood_open_is_sent_to_the_same_case_and_never_only_called_sent(walk):
    walk.take_number()
    hidden = dict(re.findall(r'name="(key|pass)" value="([^"]+)"', walk.get("write/").content.decode()))
    assert walk.client.post("/en/write/", {**hidden, "text": "first"}).url == "/en/sent/"
    assert walk.client.post("/en/write/", {**hidden, "text": CANARY}).url == "/en/sent/"
    assert Case.objects.count() == 1
    assert Envelope.objects.filter(name="intake").count() == 2


def test_when_all_places_are_taken_the_form_is_kept_with_503(walk, monkeypatch):
    walk.take_number()
    held = [brakes._queue.acquire(blocking=False) for _place in range(brakes.AT_ONCE + brakes.WAITING)]
    try:
        response = walk.post("write/", text=CANARY)
    finally:
        for _one in held:
            brakes._queue.release()
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert CANARY in response.content.decode()


def test_the_brake_forgets_addresses_with_the_day():
    brakes.brake.note("send", "203.0.113.9")
    assert "203.0.113.9" not in repr(vars(brakes.brake))
    brakes.brake.day = -1
    assert brakes.brake.count("send", "203.0.113.9") == 0


def test_every_language_is_complete_and_marked_as_not_reviewed():
    sheets = phrases.all_sheets()
    assert set(sheets) == {"nl", "en", "fr", "hi", "ta", "te", "kn", "pt", "vi", "zh-hans", "tr"}
    assert not any(sheet.reviewed for sheet in sheets.values())


def test_production_opens_a_language_only_with_a_recorded_review(client, committee, settings, monkeypatch):
    settings.PRODUCTION = True
    sheets = dict(phrases.all_sheets())
    sheets["hi"] = sheets["hi"].model_copy(update={"reviewed": True, "review": Review(by="R", on=date(2026, 12, 1))})
    monkeypatch.setattr("ketenwijs.complaints.intake.views.page.all_sheets", lambda: sheets)
    assert client.get("/en/").status_code == 404
    assert client.get("/hi/").status_code == 200


def test_without_any_reviewed_language_the_first_page_shows_every_other_way(client, committee, settings):
    settings.PRODUCTION = True
    shown = client.get("/").content.decode()
    assert "/hi/" not in shown
    bodies = [body.outside for body in reception().bodies if body.outside]
    assert bodies
    assert all(f'href="{one.address}"' in shown and one.name in shown for one in bodies)
    assert all(str(way.value) in shown for way in mechanism().other_ways)


def test_all_three_pages_stay_within_the_budget_in_every_language(client, committee):
    style = Path(settings.BASE_CSS).read_bytes() if hasattr(settings, "BASE_CSS") else b""
    style = style or (Path(phrases.__file__).parent / "static/intake/intake.css").read_bytes()
    for language in phrases.all_sheets():
        walk = Walk(Client(), language)
        walk.take_number()
        pages = [walk.get(page).content for page in ("", "number/", "write/")]
        assert all(len(page) <= 10_240 for page in pages), language
        assert len(style) + sum(map(len, pages)) < 60_000
        assert len(gzip.compress(style)) + sum(len(gzip.compress(page)) for page in pages) < 12_000


def test_an_unknown_language_is_not_found(client, committee):
    assert client.get("/xx/").status_code == 404


def test_a_new_list_with_a_higher_serial_is_recorded_in_what_is_sent_next(walk, committee):
    put_up_list(committee)
    walk.tell()
    assert opened(committee)[0][1].key_list["serial"] == 2
