"""A committee makes its keys in three browsers, takes a case told in Hindi without script at 320 px, hears the firm,
decides, and the complainant confirms the remedy."""

from __future__ import annotations

import re
import subprocess
import zipfile
from dataclasses import dataclass, field

import pyrage
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from ketenwijs.complaints.cases.models import Case, Envelope, Thread, Wrap
from ketenwijs.complaints.committee import selectors
from ketenwijs.complaints.committee.models import MemberKey, Seat
from ketenwijs.complaints.intake import phrases
from ketenwijs.complaints.tests.conftest import look
from ketenwijs.foundation.accounts.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSPHRASE = "five quiet words for testing"
ROOT_PASSPHRASE = "another passphrase for the root"
CANARY = "canary-Kaveri-quarry-7"


def seated(function):
    person = Person.objects.create_user(f"{function}@example.org", "x", name=function.title(), language="en")
    Seat.objects.create(person=person, function=function, since=timezone.localdate())
    return person


def make_key(page):
    """Make and test a key; gives the paper key."""
    page.goto("/committee/key/")
    page.locator("#new").fill(PASSPHRASE)
    page.locator("#again").fill(PASSPHRASE)
    page.locator("#make button").click()
    expect(page.locator("#paper_key")).to_have_text(re.compile(r"([A-Z2-9]{4} ?){8}"))
    paper = page.locator("#paper_key").inner_text()
    page.locator("#last").fill("AAAA")
    page.locator("#confirm button").click()
    expect(page.locator("#told")).to_contain_text("not the last four")
    page.locator("#last").fill(paper[-4:])
    page.locator("#confirm button").click()
    page.locator("#test #passphrase").fill("not the passphrase at all")
    page.locator("#test button").click()
    expect(page.locator("#told")).to_contain_text("does not open your key")
    page.locator("#test #passphrase").fill(PASSPHRASE)
    page.locator("#test button").click()
    expect(page.locator("#told")).to_contain_text("The key works")
    return paper


def sign_list(page, root=""):
    page.goto("/committee/list/")
    if root:
        page.locator("#root").fill(root)
        page.locator("#recovery").check()
    page.locator("#sign #passphrase").fill(ROOT_PASSPHRASE)
    page.locator("#sign button").click()
    if not root:
        expect(page.locator("#root_text")).to_have_value(re.compile("[A-Za-z0-9+/=]{100,}"))
        return page.locator("#root_text").input_value()
    expect(page.locator("#packages textarea")).to_have_count(3)
    packages = page.locator("#packages textarea").evaluate_all("all => all.map(one => one.value)")
    page.goto("/committee/list/")
    expect(page.locator("p", has_text="List 2")).to_be_visible()
    return packages


def recovery_by_two(scene, packages):
    """Chair and secretary are the first pair; the chair's own keys of the case are gone."""
    chair, secretary = scene.chair, scene.secretary
    Wrap.objects.filter(member_key__person__name="Chair").delete()
    assert chair.goto("/committee/cases/1/").status == 404
    for page in (secretary, chair):
        page.goto("/committee/cases/recovery/")
    look(chair, "recovery")
    open_half(secretary, packages[0])
    expect(secretary.locator("#told")).to_contain_text("not sealed to you")
    inner = open_half(chair, packages[0])
    open_half(secretary, inner)
    expect(secretary.locator("#told")).to_contain_text("Cases opened again:")
    chair.goto("/committee/cases/")
    expect(chair.get_by_text("opened cases with the recovery key")).to_be_visible()
    secretary.goto("/committee/cases/1/")
    secretary.get_by_role("button", name="no interest").first.click()
    unlock(secretary)
    secretary.get_by_role("button", name="Give the key of this case to Chair").click()
    expect(secretary.get_by_role("button", name="Give the key")).to_have_count(0)
    chair.goto("/committee/cases/1/")
    unlock(chair)


def open_half(page, package):
    page.locator("#package").fill(package)
    page.locator("#recover #passphrase").fill(PASSPHRASE)
    page.locator("#recover button").click()
    expect(page.locator("#told")).to_be_visible()
    expect(page.locator("#recover button")).to_be_enabled()
    return page.locator("#inner_text").input_value()


def unlock(page, passphrase=PASSPHRASE):
    page.locator("#unlock #passphrase").fill(passphrase)
    page.locator("#unlock button").click()
    expect(page.locator("#case")).to_be_visible()


def move(page, step, reasons=""):
    page.locator("#step").select_option(step)
    page.locator("#reasons").fill(reasons)
    with page.expect_navigation():
        page.locator("#move button").click()
    unlock(page)


def write(page, thread, text, kind=None):
    if kind:
        page.locator("#kind_of_message").select_option(kind)
    page.locator(f"#text_{thread}").fill(text)
    if thread == "party":
        page.locator("#checked").check()
    page.locator(f"#thread_{thread} form button").click()
    expect(page.locator("#told")).to_contain_text("Kept")


def tell_in_hindi(page):
    words = phrases.all_sheets()["hi"].phrases
    page.goto("/hi/")
    page.get_by_text(words["start_button"], exact=True).click()
    receipt = page.locator("#receipt").inner_text()
    page.locator("#last").fill(receipt[-4:])
    page.get_by_role("button", name=words["next"]).click()
    page.locator("#text").fill(CANARY)
    page.get_by_role("button", name=words["send"]).click()
    expect(page.locator("h1")).to_have_text(words["sent_title"])
    return receipt


def follow(page, language, receipt, *, script=False):
    words = phrases.all_sheets()[language].phrases
    page.goto(f"/{language}/follow/")
    if script:  # from here on the number stays on the telephone
        expect(page.locator("body")).to_have_attribute("data-sealing", "browser")
    page.locator("#number").fill(receipt)
    page.get_by_role("button", name=words["next"]).click()
    expect(page.locator("h1")).to_have_text(words["case_title"])
    return words


@dataclass
class Scene:
    """Who takes part, each in an own browser."""

    chair: Page
    secretary: Page
    member: Page
    phone: Page
    firm: Page
    paper: str = ""
    receipt: str = ""
    packages: list[str] = field(default_factory=list)
    script: bool = False
    """Whether the telephone runs script, so that it seals itself."""


def test_the_whole_case(browsers, tmp_path):
    people = [seated(one) for one in ("chair", "secretary", "member_society")]
    scene = Scene(*map(browsers, people), phone=browsers(script=False, width=320), firm=browsers())
    keys_and_list(scene)
    scene.receipt = tell_in_hindi(scene.phone)
    first_opening(scene)
    a_member_gets_the_key(scene)
    consent_and_hearing(scene)
    recusal(scene, people[2])
    recovery_by_two(scene, scene.packages)
    decision_and_remedy(scene, tmp_path)
    nothing_readable_in_the_database(scene.receipt)


def keys_and_list(scene):
    chair, secretary, member, phone = scene.chair, scene.secretary, scene.member, scene.phone
    # Until two tested keys stand on it, the page shows another way in.
    chair.goto("/committee/")
    look(chair, "home-closed")
    scene.paper = make_key(chair)
    look(chair, "key")
    make_key(secretary)
    phone.goto("/hi/")
    expect(phone.get_by_text(phrases.all_sheets()["hi"].phrases["closed"])).to_be_visible()
    root = sign_list(chair)
    make_key(member)
    scene.packages = sign_list(chair, root)
    look(chair, "list")
    chair.goto("/committee/members/")
    look(chair, "members")
    assert selectors.is_intake_open()
    assert len(selectors.key_list().acting) == 3


def first_opening(scene):
    chair = scene.chair
    chair.goto("/committee/cases/")
    look(chair, "board")
    chair.get_by_role("link", name="Case 1").click()
    chair.get_by_role("button", name="no interest").click()
    chair.locator("#unlock #passphrase").fill("wrong passphrase altogether")
    chair.locator("#unlock button").click()
    expect(chair.locator("#told")).to_contain_text("does not open your key")
    unlock(chair)
    expect(chair.get_by_text(CANARY)).to_be_visible()
    look(chair, "case")
    assert Case.objects.get().read_to == Envelope.objects.filter(name="intake").count()
    move(chair, "acknowledge")


def a_member_gets_the_key(scene):
    chair, member = scene.chair, scene.member
    member.goto("/committee/cases/")
    expect(member.get_by_role("link", name="Case 1")).to_have_count(0)
    assert member.goto("/committee/cases/1/").status == 404
    member.goto("/committee/cases/")
    member.get_by_role("button", name="Case 1: I have no interest").click()
    chair.reload()
    unlock(chair)
    chair.get_by_role("button", name="Give the key of this case to Member_Society").click()
    expect(chair.get_by_role("button", name="Give the key")).to_have_count(0)
    member.goto("/committee/cases/1/")
    unlock(member)
    expect(member.get_by_text(CANARY)).to_be_visible()
    chair.goto("/committee/cases/1/")
    chair.locator("#unlock summary").click()
    chair.locator("#paper_typed").fill(scene.paper)
    chair.locator("#unlock button").click()
    expect(chair.get_by_text(CANARY)).to_be_visible()


def consent_and_hearing(scene):
    chair, phone, firm, receipt = scene.chair, scene.phone, scene.firm, scene.receipt
    move(chair, "examine")
    move(chair, "admit")
    expect(chair.get_by_text("Ask consent first")).to_be_visible()
    expect(chair.get_by_role("button", name="Hear a party")).to_have_count(0)
    write(chair, "intake", "A statement without names", kind="consent")
    expect(chair.get_by_role("button", name="Hear a party")).to_have_count(0)
    words = follow(phone, "hi", receipt, script=scene.script)
    expect(phone.get_by_text("A statement without names")).to_be_visible()
    phone.get_by_role("button", name=words["consent_yes"]).click()
    expect(phone.locator(".said", has_text=words["consent_yes"])).to_be_visible()
    chair.reload()
    unlock(chair)
    expect(chair.get_by_text("Answer: yes")).to_be_visible()
    chair.get_by_role("button", name="Hear a party").click()
    expect(chair.locator("#told")).to_contain_text(re.compile(r"(\d{4} ?){5}"))
    firms_address = re.search(r"http\S+/follow/#\d{20}", chair.locator("#told").inner_text()).group(0)
    # What the firm reads first is exactly what the person agreed to.
    expect(chair.locator("#text_party")).to_have_value("A statement without names")
    write(chair, "party", "A statement without names")
    firm.goto(firms_address)
    expect(firm.locator("body")).to_have_attribute("data-sealing", "browser")
    expect(firm.locator("#number")).to_have_value(re.compile(r"\d{20}"))
    assert "#" not in firm.url
    firm.locator("form button").click()
    expect(firm.get_by_text("A statement without names")).to_be_visible()
    expect(firm.get_by_text(CANARY)).to_have_count(0)
    firm.locator("#text").fill("We will repair the dust masks")
    firm.locator("form button").last.click()
    expect(firm.locator(".said", has_text="dust masks")).to_be_visible()


def recusal(scene, person):
    chair, member = scene.chair, scene.member
    member.goto("/committee/cases/1/")
    member.locator("summary", has_text="I found that I have an interest").click()
    member.get_by_role("button", name="I have an interest").click()
    assert member.goto("/committee/cases/1/").status == 404
    chair.goto("/committee/cases/1/")
    unlock(chair)
    expect(chair.get_by_text("dust masks")).to_be_visible()
    chair.get_by_role("button", name="Make a new key for what follows").click()
    expect(chair.locator("#text_committee")).to_be_visible()
    assert set(Thread.objects.filter(epoch=2).values_list("name", flat=True)) == {"intake", "committee", "party"}
    assert not Wrap.objects.filter(thread__epoch=2, member_key__person=person).exists()


def decision_and_remedy(scene, tmp_path):
    chair, secretary, phone, receipt = scene.chair, scene.secretary, scene.phone, scene.receipt
    move(chair, "decide", "Founded: masks for everybody")
    publish(chair, secretary)
    move(chair, "follow")
    write(chair, "intake", "Did you get the masks?", kind="remedy")
    words = follow(phone, "hi", receipt)
    expect(phone.get_by_text(words["state_following"])).to_be_visible()
    phone.get_by_role("button", name=words["remedy_yes"]).click()
    secretary.goto("/committee/cases/1/")
    unlock(secretary)
    expect(secretary.get_by_text("Founded: masks for everybody")).to_be_visible()
    expect(secretary.get_by_text("Answer: yes")).to_have_count(2)
    with secretary.expect_download() as download:
        secretary.get_by_role("link", name="for the age program").click()
    assert_opens_with_age(download.value.path(), tmp_path)
    chair.locator("#without_follow_up").check()
    move(chair, "close", "The masks were given; nothing is left to follow")
    assert Case.objects.get().closed_week is not None


def publish(chair, secretary):
    """The public version is public once the chair and another member signed it."""
    chair.goto("/committee/rulings/")
    chair.locator("#title").fill("Masks for stone cutters")
    chair.locator("#text").fill("The firm gives masks.\n\nIt does so within a month.")
    chair.locator("#passphrase_new").fill(PASSPHRASE)
    chair.locator("#new button").click()
    expect(chair.get_by_text("1 of 2 signatures")).to_be_visible()
    look(chair, "rulings")
    secretary.goto("/committee/rulings/")
    secretary.locator("form.sign [name=passphrase]").fill(PASSPHRASE)
    secretary.locator("form.sign button").click()
    expect(secretary.get_by_role("link", name="Masks for stone cutters")).to_be_visible()
    chair.goto("/committee/register/")
    chair.get_by_role("button", name="Release a new copy").click()
    look(chair, "release")
    chair.goto("/register/")
    look(chair, "register")
    chair.get_by_role("link", name="Masks for stone cutters").click()
    expect(chair.get_by_text("It does so within a month.")).to_be_visible()
    look(chair, "ruling")
    chair.goto("/committee/cases/1/")
    unlock(chair)


def assert_opens_with_age(path, folder):
    """The exported case, with the ordinary program. The passphrase step asks a terminal, so the library does it."""
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    key = pyrage.passphrase.decrypt((folder / "my-key.age").read_bytes(), PASSPHRASE)
    (folder / "me.txt").write_bytes(key)

    def age(identity, file):
        words = ["age", "-d", "-i", str(folder / identity), str(folder / file)]
        return subprocess.run(words, capture_output=True, check=True).stdout

    (folder / "thread.txt").write_bytes(age("me.txt", "keys/intake-1.age"))
    assert CANARY in age("thread.txt", "messages/intake/0001-1.age").decode()


def nothing_readable_in_the_database(receipt):
    from django.db import connection

    kept = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            kept += [bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for row in cursor for v in row]
    everything = b"|".join(kept)
    for secret in (CANARY, "dust masks", "Founded", "without names", receipt.replace(" ", ""), PASSPHRASE):
        assert secret.encode() not in everything
    assert MemberKey.objects.count() == 3
