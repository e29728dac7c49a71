"""A file goes up in pieces from a real browser; the line breaks in the middle, and only what was lost goes again."""

from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import expect

from ketenwijs.complaints.cases.models import Case, Piece, SealedFile
from ketenwijs.complaints.intake import brakes, phrases
from ketenwijs.complaints.intake.tests.test_in_browser import committee, look, read_by, telephone  # noqa: F401
from ketenwijs.complaints.sealing import envelopes
from ketenwijs.foundation.files import storage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VOICE = b"OggS" + os.urandom(900_000)
PARTS = 5


def write_story(page, words, folder):
    (folder / "voice.ogg").write_bytes(VOICE)
    page.goto("/en/number/")
    expect(page.locator("body")).to_have_attribute("data-sealing", "browser")
    receipt = page.locator("#receipt").inner_text().replace(" ", "")
    page.locator("#last").fill(receipt[-4:])
    page.get_by_role("button", name=words["next"]).click()
    expect(page.locator("#sealing")).to_have_text(words["sealed_browser"])
    page.locator("#text").fill("what happened")
    page.locator("#files").set_input_files(str(folder / "voice.ogg"))


class Line:
    """Counts the pieces that a page sends; `broken` decides which are lost on the way."""

    def __init__(self, page, broken):
        self.tried, self.through = [], []
        self.broken = broken
        page.route("**/sealed/piece/", self.piece)

    def piece(self, route):
        number = int(re.search(rb'name="number"\r\n\r\n(\d+)', route.request.post_data_buffer).group(1))
        self.tried.append(number)
        if self.broken(self):
            route.abort("connectionreset")
        else:
            self.through.append(number)
            route.continue_()


def whole(sitting):
    """The only file, as a member opens it."""
    identity, found = read_by(sitting)
    told = {"size": found[-1].body["size"], "sha256": found[-1].body["sha256"]}
    stored = storage.path_of(SealedFile.objects.get().stored_name).read_bytes()
    return [one.kind for one in found], envelopes.unseal_file(stored, identity, **told)


def test_a_piece_that_is_lost_goes_again_by_itself(telephone, committee, tmp_path):  # noqa: F811
    words = phrases.all_sheets()["en"].phrases
    with telephone(script=True) as page:
        line = Line(page, lambda one: len(one.tried) in (3, 4))
        write_story(page, words, tmp_path)
        page.get_by_role("button", name=words["send"]).click()
        expect(page.locator("h1")).to_have_text(words["sent_title"])
        assert line.tried == [0, 1, 2, 2, 2, 3, 4]
    assert whole(committee["chair"]) == (["text", "file"], VOICE)
    assert Piece.objects.count() == 0


def test_a_line_that_stays_away_is_said_and_the_button_goes_on_where_it_stopped(  # noqa: F811
    telephone,  # noqa: F811
    committee,  # noqa: F811
    tmp_path,
):
    words = phrases.all_sheets()["en"].phrases
    with telephone(script=True) as page:
        page.clock.install()
        line = Line(page, lambda one: len(one.through) == 2 and one.away)
        line.away = True
        write_story(page, words, tmp_path)
        page.get_by_role("button", name=words["send"]).click()
        part = words["file_part"] % {"a": 3, "b": PARTS}
        expect(page.get_by_role("status")).to_have_text(part)
        for tries in range(1, 6):
            while len(line.tried) < 2 + tries:
                page.wait_for_timeout(50)
            page.clock.run_for(20_000)
        expect(page.locator(".problem.told")).to_have_text(words["file_interrupted"])
        look(page, "interrupted", script=True)
        assert page.locator("#text").input_value() == "what happened"
        assert (Piece.objects.count(), SealedFile.objects.count()) == (2, 0)
        line.away = False
        page.get_by_role("button", name=words["send"]).click()
        expect(page.locator("h1")).to_have_text(words["sent_title"])
        assert line.through == [0, 1, 2, 3, 4]
    assert whole(committee["chair"]) == (["text", "file"], VOICE)
    assert Case.objects.count() == 1


def test_a_refusal_is_a_sentence_and_pieces_that_vanished_go_again(  # noqa: F811
    telephone,  # noqa: F811
    committee,  # noqa: F811
    tmp_path,
    settings,
):
    words = phrases.all_sheets()["en"].phrases
    settings.LARGEST_CASE = 300_000
    with telephone(script=True) as page:
        write_story(page, words, tmp_path)
        page.get_by_role("button", name=words["send"]).click()
        expect(page.get_by_text(words["no_room"])).to_be_visible()
        settings.LARGEST_CASE = 10_000_000
        Piece.objects.all().delete()
        for _one in range(brakes.PER_SITE):
            brakes.brake.note("file")
        page.locator("#text").fill("here it is")
        page.locator("#files").set_input_files(str(tmp_path / "voice.ogg"))
        page.get_by_role("button", name=words["send"]).click()
        expect(page.locator("#answer")).to_be_visible()
        assert page.locator("#text").input_value() == "here it is"
        numbers = re.findall(r"\d+", page.locator(".sum label").inner_text())
        page.locator("#answer").fill(str(sum(map(int, numbers))))
        look(page, "sum", script=True)
        page.get_by_role("button", name=words["send"]).click()
        expect(page.get_by_text(re.compile(words["download"]))).to_be_visible()
        expect(page.get_by_text("here it is")).to_have_count(1)
    assert whole(committee["chair"]) == (["text", "text", "file"], VOICE)
