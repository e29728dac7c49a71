"""A sealed file that goes up in pieces: interrupted, in any order, twice, too much, by somebody else, left behind."""

from __future__ import annotations

import os
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ketenwijs.complaints import jobs
from ketenwijs.complaints.cases.models import Case, Envelope, Piece, SealedFile
from ketenwijs.complaints.cases.services import pieces
from ketenwijs.complaints.cases.services.erasing import erase
from ketenwijs.complaints.intake import brakes
from ketenwijs.complaints.intake.tests.test_sealed_posts import new_post, post, shown
from ketenwijs.complaints.operations.program import COMPLAINTS
from ketenwijs.complaints.sealing import envelopes
from ketenwijs.foundation.files import storage

pytestmark = pytest.mark.django_db

UPLOAD, OTHER = "a" * 32, "b" * 32


class Telephone:
    """Whoever sends one sealed file of about 600 kB in pieces."""

    def __init__(self, client, posted):
        self.client, self.right = client, shown(posted)
        self.sealed = envelopes.seal_file(os.urandom(600_000), posted["intake"]["recipient"])
        self.message = envelopes.seal(b"x" * 100, [posted["intake"]["recipient"]])
        self.parts = [self.sealed[at : at + pieces.PIECE] for at in range(0, len(self.sealed), pieces.PIECE)]

    def piece(self, number, content=None, **fields):
        part = SimpleUploadedFile("f", self.parts[number] if content is None else content)
        return self.client.post(
            reverse("intake:sealed-piece"),
            {**self.right, "upload": UPLOAD, "number": number, **fields, "piece": part},
        )

    def join(self, **fields):
        known = {**self.right, "identifier": "c" * 32, "sequence": 2, "upload": UPLOAD, "pieces": len(self.parts)}
        message = SimpleUploadedFile("m", self.message)
        return self.client.post("/sealed/file/", {**known, **fields, "message": message})


@pytest.fixture
def telephone(client, committee):
    posted = new_post()
    assert post(client, "case", posted).status_code == 200
    return Telephone(client, posted)


def stored():
    return sorted(path for path in storage.folder().glob("??/*"))


def bytes_of(row):
    return storage.path_of(row.stored_name).read_bytes()


def test_pieces_in_any_order_and_sent_again_become_the_very_file(telephone):
    before = stored()
    for number in (2, 0, 3, 2, 1, 0):
        assert telephone.piece(number).json() == {"kept": True}
    assert Piece.objects.count() == len(telephone.parts) == 4
    assert Envelope.objects.count() == 1, "nothing is told before the file is whole"
    assert telephone.join().status_code == 200
    kept = SealedFile.objects.get()
    assert bytes_of(kept) == telephone.sealed
    assert Envelope.objects.count() == 2
    assert Piece.objects.count() == 0
    assert len(stored()) == len(before) + 1
    assert telephone.join().status_code == 200, "an answer that was lost on the way is asked again"
    assert SealedFile.objects.count() == 1
    assert Envelope.objects.count() == 2


def test_an_interrupted_file_says_which_pieces_are_missing_and_goes_on(telephone):
    telephone.piece(0)
    telephone.piece(3)
    asked = telephone.join()
    assert (asked.status_code, asked.json()["missing"]) == (409, [1, 2])
    assert SealedFile.objects.count() == 0
    assert Envelope.objects.count() == 1
    telephone.piece(1)
    telephone.piece(2)
    assert telephone.join(sequence=3).json()["stale"], "another message came in between: the pieces stay"
    assert telephone.join().status_code == 200


def test_a_piece_that_lost_its_bytes_is_asked_again(telephone):
    for number in range(4):
        telephone.piece(number)
    storage.remove(Piece.objects.get(number=2).stored_name)
    assert telephone.join().json()["missing"] == [2]
    assert telephone.piece(2).status_code == 200
    assert telephone.join().status_code == 200


def test_only_who_knows_the_upload_and_has_the_right_adds_to_it_or_finishes_it(telephone):
    for number in range(4):
        telephone.piece(number)
    assert telephone.join(upload=OTHER).json()["missing"] == [0, 1, 2, 3]
    assert telephone.piece(0, proof="0" * 64).status_code == 404
    assert telephone.join(proof="0" * 64).status_code == 404
    assert UPLOAD not in "".join(Piece.objects.values_list("upload", flat=True)), "the number itself is not kept"
    assert telephone.piece(1, os.urandom(pieces.PIECE)).status_code == 400, "other bytes in the place of a piece"
    assert telephone.join().status_code == 200


def test_the_number_of_an_upload_counts_for_its_own_case_only(telephone, client):
    telephone.piece(0)
    second = new_post()
    assert post(client, "case", second).status_code == 200
    stranger = Telephone(client, second)
    assert stranger.join().json()["missing"] == [0, 1, 2, 3]
    assert stranger.piece(0).status_code == 200
    assert Piece.objects.filter(number=0).count() == 2


def test_words_and_halves_are_no_pieces(telephone):
    words = b"canary-Kaveri-quarry-7 " * 1000
    for number in (0, 1):
        assert telephone.piece(number, words).status_code == 400
    assert telephone.piece(0, os.urandom(1000)).status_code == 400, "the first begins as an age file does"
    assert telephone.piece(1, os.urandom(pieces.PIECE + 1)).status_code == 400
    assert telephone.piece(0, upload="../x").status_code == 400
    assert telephone.piece(0, text="words").status_code == 400
    assert Piece.objects.count() == 0
    for number in range(4):
        telephone.piece(number, telephone.parts[number][:-9] if number == 1 else None)
    assert telephone.join().status_code == 400, "a piece in the middle that is too short"
    assert SealedFile.objects.count() == 0


def test_a_message_alone_is_no_file(telephone):
    for fields in ({"pieces": 0}, {"upload": ""}, {"pieces": -1}, {"pieces": 5000}):
        assert telephone.join(**fields).status_code == 400


def test_more_pieces_than_a_file_and_more_bytes_than_a_case_may_have_are_refused(telephone, settings):
    refused = telephone.piece(pieces.most_pieces(), os.urandom(100))
    assert (refused.status_code, refused.json()) == (413, {"phrase": "no_room"})
    settings.LARGEST_CASE = pieces.PIECE * 2
    assert telephone.piece(0).status_code == telephone.piece(1).status_code == 200
    assert telephone.piece(2).json() == {"phrase": "no_room"}
    assert telephone.piece(1).status_code == 200, "what is here already takes no room again"
    assert Piece.objects.count() == 2


def test_beginning_a_third_file_lets_go_of_the_oldest_that_was_left_behind(telephone):
    for upload in (UPLOAD, OTHER, "d" * 32):
        assert telephone.piece(0, upload=upload).status_code == 200
    assert Piece.objects.count() == 2
    assert telephone.join().json()["missing"] == [0, 1, 2, 3]
    assert telephone.join(upload=OTHER).json()["missing"] == [1, 2, 3]


def test_what_was_left_behind_is_swept_and_what_goes_up_now_is_not(telephone, settings):
    jobs.sweep()  # of what other tests left in the folder
    telephone.piece(0)
    telephone.piece(1)
    telephone.piece(0, upload=OTHER)
    old = time.time() - (settings.PIECES_KEPT_HOURS + 1) * 3600
    first = Piece.objects.order_by("pk").first()
    os.utime(storage.path_of(first.stored_name), (old, old))
    before = len(stored())
    assert jobs.sweep() == 2
    assert Piece.objects.count() == 1
    assert len(stored()) == before - 2
    storage.remove(Piece.objects.get().stored_name)
    assert jobs.sweep() == 1, "a row whose bytes are gone"
    assert Piece.objects.count() == 0


def test_pieces_go_with_their_case(telephone):
    before = stored()
    telephone.piece(0)
    erase(Case.objects.get())
    assert Piece.objects.count() == 0
    assert stored() == before


def test_what_is_going_up_is_in_no_backup():
    assert Piece._meta.db_table in COMPLAINTS.emptied


def test_a_flood_of_files_brings_up_a_sum_and_a_file_counts_once(telephone):
    for number in range(4):
        telephone.piece(number)
    assert brakes.brake.count("file") == 1
    assert telephone.join().status_code == 200
    for _one in range(brakes.PER_SITE):
        brakes.brake.note("file")
    asked = telephone.piece(0, upload=OTHER)
    assert (asked.status_code, asked.json()["phrase"]) == (429, "question")
    assert Piece.objects.count() == 0
    told = asked.json()
    solved = {"sum": told["sum"], "answer": str(told["a"] + told["b"])}
    assert telephone.piece(0, upload=OTHER, **solved).status_code == 200
    assert telephone.piece(1, upload=OTHER, **solved).status_code == 200, "one sum for one file"


def test_a_piece_leaves_no_time_address_or_name_in_the_database(telephone):
    telephone.piece(0)
    fields = {field.name for field in Piece._meta.concrete_fields}
    assert fields == {"id", "holder", "upload", "number", "stored_name", "size"}
