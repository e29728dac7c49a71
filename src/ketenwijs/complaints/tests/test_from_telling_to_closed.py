"""From a message in Hindi at 320 px to a closed case: three members with keys of their own in three browsers, a firm that
answers, a ruling that two sign, a remedy that the person confirms; without script and with it."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Page, expect

from ketenwijs.complaints.cases.models import Case, SealedFile
from ketenwijs.complaints.intake import phrases
from ketenwijs.complaints.intake.tests.test_telling import photo
from ketenwijs.complaints.register.models import Ruling
from ketenwijs.complaints.tests.attack.canaries import leaks
from ketenwijs.complaints.tests.conftest import look
from ketenwijs.complaints.tests.platform_side import platform_shows
from ketenwijs.complaints.tests.test_parties_and_measures import note, record
from ketenwijs.complaints.tests.test_whole_case import (
    CANARY,
    PASSPHRASE,
    ROOT_PASSPHRASE,
    Scene,
    a_member_gets_the_key,
    consent_and_hearing,
    first_opening,
    follow,
    keys_and_list,
    move,
    seated,
    unlock,
    write,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HINDI = "खदान-कावेरी-सात में धूल"
VOICE = b"OggS" + b"canary-voice-of-Ramesh" * 40
FILES = ("canary-IMG-of-me", "canary-voice-of-Ramesh", "canary-place")
QUESTION = "किस खदान-हॉल में मशीन चलती है?"
ANSWER = "canary-second-hall तीसरी पाली में"
DOUBTS = {"secretary": "canary-secretary-doubts", "member": "canary-member-agrees"}
REASONS = "canary-reasons-founded"
OUTCOME = "फैसला: कंपनी एक महीने में सबको मास्क देगी"
RULING = ("Masks in the cutting hall", "The firm gives masks within a month.")
MEASURE = "canary-masks-for-all"
SEEN = "Masks were seen at a visit."


@pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])
def test_from_telling_in_hindi_to_a_closed_case(browsers, tmp_path, caplog, script):
    caplog.set_level("INFO")
    people = [seated(one) for one in ("chair", "secretary", "member_society")]
    phone, firm = browsers(script=script, width=320), browsers(width=320)
    scene = Telling(*map(browsers, people), phone=phone, firm=firm, script=script, glass=browsers(width=320))
    keys_and_list(scene)
    scene.receipt = told_with_files(scene, tmp_path)
    first_opening(scene)
    a_member_gets_the_key(scene)
    the_secretary_hears_the_voice(scene.secretary)
    a_question_and_its_answer(scene)
    consent_and_hearing(scene)
    look(scene.firm, f"firm-{script}")
    deliberation(scene)
    a_ruling_of_two(scene)
    the_outcome_in_hindi(scene)
    remedy_and_end(scene)
    released = scene.chair.goto("/register/released.json").text()
    nothing_is_readable_anywhere(scene, {"log": caplog.text.encode(), "what the platform gets": released.encode()})
    if not script:  # the copy is the same whoever sealed
        the_platform_knows_counts_only(scene, released, tmp_path)


@dataclass
class Telling(Scene):
    """The same people, and a looking glass for pages of a telephone without script."""

    glass: Page | None = None


def words():
    return phrases.all_sheets()["hi"].phrases


def see(scene, name):
    """What the person sees now: one heading, no axe violation, nothing to scroll sideways at 320 px."""
    phone, shown = scene.phone, f"closed-{name}-{'script' if scene.script else 'plain'}"
    if not scene.script:
        # The checker is itself a script: it looks at the very same page, without the page's own scripts.
        plain, address = re.sub(r"<script.*?</script>", "", phone.content(), flags=re.DOTALL), phone.url
        phone = scene.glass
        phone.unroute_all()
        phone.route(address, lambda one: one.fulfill(body=plain, content_type="text/html; charset=utf-8"))
        phone.goto(address)
    look(phone, shown)


def again(page):
    page.goto("/committee/cases/1/")
    unlock(page)


def told_with_files(scene, folder):
    """Three pages, with a photo that knows its place and a voice note; gives the number."""
    phone, w = scene.phone, words()
    picture, voice = folder / "canary-IMG-of-me.jpg", folder / "canary-IMG-of-me.ogg"
    picture.write_bytes(photo())
    voice.write_bytes(VOICE)
    phone.goto("/")
    see(scene, "languages")
    phone.get_by_text(w["language_name"]).click()
    see(scene, "start")
    phone.get_by_text(w["start_button"], exact=True).click()
    if scene.script:
        expect(phone.locator("body")).to_have_attribute("data-sealing", "browser")
    see(scene, "number")
    receipt = phone.locator("#receipt").inner_text()
    phone.locator("#last").fill("".join(chr(0x966 + int(one)) for one in receipt[-4:]))
    phone.get_by_role("button", name=w["next"]).click()
    expect(phone.locator("#sealing")).to_have_text(w["sealed_browser" if scene.script else "sealed_arrival"])
    see(scene, "write")
    phone.locator("#text").fill(f"{CANARY} {HINDI}")
    phone.locator("#files").set_input_files([str(picture), str(voice)])
    phone.get_by_role("button", name=w["send"]).click()
    expect(phone.locator("h1")).to_have_text(w["sent_title"])
    see(scene, "sent")
    assert SealedFile.objects.count() == 2
    return receipt


def the_secretary_hears_the_voice(secretary):
    """The attachment arrives whole, in another browser with another key."""
    secretary.goto("/committee/cases/1/")
    secretary.get_by_role("button", name="no interest").first.click()
    unlock(secretary)
    expect(secretary.get_by_role("button", name="Show the picture")).to_be_visible()
    with secretary.expect_download() as download:
        secretary.get_by_role("button", name="Save the file").last.click()
    assert download.value.path().read_bytes() == VOICE
    secretary.get_by_role("button", name="Show the picture").click()
    expect(secretary.locator("canvas")).to_be_visible()
    look(secretary, "closed-secretary-case")


def a_question_and_its_answer(scene):
    again(scene.chair)
    write(scene.chair, "intake", QUESTION)
    phone, w = scene.phone, follow(scene.phone, "hi", scene.receipt, script=scene.script)
    expect(phone.get_by_text(HINDI)).to_be_visible()
    expect(phone.get_by_text(QUESTION)).to_be_visible()
    see(scene, "question")
    phone.locator("#text").fill(ANSWER)
    phone.get_by_role("button", name=w["send"]).click()
    expect(phone.locator(".said", has_text=ANSWER)).to_be_visible()
    see(scene, "answered")
    again(scene.chair)
    expect(scene.chair.get_by_text(ANSWER)).to_be_visible()


def deliberation(scene):
    """The firm's answer is read and talked over by all three, each with a key of their own."""
    again(scene.chair)
    move(scene.chair, "hear")
    for name in ("secretary", "member"):
        page = getattr(scene, name)
        again(page)
        expect(page.get_by_text("dust masks")).to_be_visible()
        write(page, "committee", DOUBTS[name])
    again(scene.chair)
    for said in DOUBTS.values():
        expect(scene.chair.get_by_text(said)).to_be_visible()
    expect(scene.member.locator("#move")).to_have_count(0)  # deciding is the chair's
    look(scene.member, "closed-member-case")
    move(scene.chair, "decide", REASONS)


def a_ruling_of_two(scene):
    """The chair puts the public version up; it is public when the member proposed by society signed the same words."""
    chair, member = scene.chair, scene.member
    chair.goto("/committee/rulings/")
    chair.locator("#language").select_option("en")
    chair.locator("#title").fill(RULING[0])
    chair.locator("#text").fill(RULING[1])
    chair.locator("#passphrase_new").fill(PASSPHRASE)
    chair.locator("#new button").click()
    expect(chair.get_by_text("1 of 2 signatures")).to_be_visible()
    chair.goto("/register/")
    expect(chair.get_by_role("link", name=RULING[0])).to_have_count(0)
    member.goto("/committee/rulings/")
    expect(member.get_by_text(RULING[1])).to_be_visible()
    look(member, "closed-sign")
    member.locator("form.sign [name=passphrase]").fill(PASSPHRASE)
    member.locator("form.sign button").click()
    expect(member.get_by_role("link", name=RULING[0])).to_be_visible()
    assert {one.function for one in Ruling.objects.get().signatures.all()} == {"chair", "member_society"}


def the_outcome_in_hindi(scene):
    again(scene.chair)
    write(scene.chair, "intake", OUTCOME)
    phone, w = scene.phone, follow(scene.phone, "hi", scene.receipt, script=scene.script)
    expect(phone.locator("strong", has_text=w["state_decided"])).to_be_visible()
    expect(phone.locator(".said", has_text=OUTCOME)).to_be_visible()
    see(scene, "outcome")
    # The register is public: anybody reads the ruling on the same small screen.
    phone.goto("/register/")
    see(scene, "register")
    phone.get_by_role("link", name=RULING[0]).click()
    expect(phone.get_by_text(RULING[1])).to_be_visible()
    see(scene, "ruling")


def remedy_and_end(scene):
    chair, phone = scene.chair, scene.phone
    again(chair)
    move(chair, "follow")
    note(chair, MEASURE, timezone.localdate() + timedelta(days=20))
    write(chair, "intake", "", kind="remedy")
    w = follow(phone, "hi", scene.receipt, script=scene.script)
    expect(phone.locator("strong", has_text=w["state_following"])).to_be_visible()
    see(scene, "remedy")
    phone.get_by_role("button", name=w["remedy_yes"]).click()
    expect(phone.locator(".said", has_text=w["remedy_yes"])).to_be_visible()
    expect(phone.get_by_text(w["remedy_question"])).to_be_visible()  # an answer without its question says nothing
    again(chair)
    expect(chair.get_by_text("Answer: yes")).to_have_count(2)
    chair.goto("/committee/rulings/")
    chair.get_by_label("Follow-up of the measures").fill(SEEN)
    chair.get_by_role("button", name="Tell this in public").click()
    chair.goto("/committee/register/")
    chair.get_by_role("button", name="Release a new copy").click()
    again(chair)
    record(chair, 1, "done", "the person")
    move(chair, "close")
    follow(phone, "hi", scene.receipt, script=scene.script)
    expect(phone.locator("strong", has_text=w["state_closed"])).to_be_visible()
    expect(phone.locator(".said", has_text=OUTCOME)).to_be_visible()
    see(scene, "end")
    assert Case.objects.get().state == "closed"


def dump():
    """Every value of every table as it is kept, and on SQLite what its own tool writes out as well."""
    kept = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            kept += [bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for row in cursor for v in row]
    if connection.vendor == "sqlite":
        with closing(connection.connection.iterdump()) as lines:
            kept += [one.encode() for one in lines]
    return b"|".join(kept)


def secrets_of(scene):
    plain = scene.receipt.replace(" ", "")
    secrets = [CANARY, HINDI, *FILES, QUESTION, ANSWER, *DOUBTS.values(), REASONS, OUTCOME, MEASURE, "dust masks"]
    return [*secrets, "without names", plain, scene.receipt, scene.paper, PASSPHRASE, ROOT_PASSPHRASE]


def nothing_is_readable_anywhere(scene, more):
    """Neither in the database nor in a file, a mail, the log or the copy for the platform, in no way of writing it."""
    secrets = secrets_of(scene)
    places = {str(one): one.read_bytes() for one in settings.COMPLAINTS_DIR.rglob("*") if one.is_file()}
    assert len([one for one in places if "sealed" in one]) >= 2  # both files of the person lie there
    places |= {"dump": dump(), **more, "mail": b"".join(one.message().as_bytes() for one in mail.outbox)}
    assert {name: found for name, content in places.items() if (found := leaks(content, secrets))} == {}
    # What is public does stand there: the search looked at the real thing.
    assert RULING[1].encode() in places["dump"]
    assert SEEN.encode() in places["dump"]


def the_platform_knows_counts_only(scene, released, folder):
    """Who runs the platform, or the agreement's office, finds the public copy and nothing else on any page."""
    shown = platform_shows(released, folder)
    for person, pages in shown.items():
        assert sum(status == 200 for status, _content in pages.values()) > 20, person
        [public] = [content for address, (_status, content) in pages.items() if address.startswith("/complaints/")]
        assert RULING[0] in public and ">·<" in public, person  # one case is too few to be counted in public
        desks = {address: content for address, (_status, content) in pages.items() if address.startswith("/desk/")}
        assert [address for address, content in desks.items() if RULING[0] in content] == [], person
        everything = "".join(content for _status, content in pages.values()).encode()
        assert leaks(everything, secrets_of(scene)) == [], person
    [overview] = [
        one for one in shown["secretariat"] if re.fullmatch(r"/desk/complaints-route/members/[^/]+/[^/]+/", one)
    ]
    assert shown["secretariat"][overview][0] == 200
    assert shown["administrator"][overview][0] in (403, 404)
    for one in (folder / "platform").rglob("*"):
        assert not one.is_file() or not leaks(one.read_bytes(), secrets_of(scene)), one
