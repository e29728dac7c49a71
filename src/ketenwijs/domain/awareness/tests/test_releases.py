"""Copies of the complaints register: taken exactly as released, append-only, and refused with a sentence."""

from __future__ import annotations

from copy import deepcopy
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from ketenwijs.domain.awareness import services
from ketenwijs.domain.awareness.tests.factories import TODAY, as_file, example_agreement, release, staff
from ketenwijs.foundation.access.viewer import system
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.publishing.models import Publication
from ketenwijs.foundation.publishing.selectors import current, is_intact
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

ACTOR = system("test")


@pytest.fixture
def agreement(db):
    return example_agreement()


def take(agreement, content, actor=ACTOR, today=TODAY):
    data = content if isinstance(content, bytes) else as_file(content)
    return services.take_release(actor=actor, agreement=agreement, content=data, today=today)


def test_a_copy_is_kept_as_released_without_who_sits_in_the_body(agreement):
    copy = take(agreement, release())
    assert is_intact(copy)
    assert copy.payload["running"] == release()["release"]["running"]
    assert copy.payload["counts"][0] == {"year": 2025, "cells": {"complaint": 6, "warning": None}, "total": 8}
    assert copy.payload["rulings"][0]["title"] == "Masks in the cutting hall"
    assert [one["code"] for one in copy.payload["states"]] == ["hearing", "received"]
    assert "composition" not in copy.payload
    assert JournalEntry.objects.filter(event="awareness.release.taken", chain=agreement.slug).count() == 1


def test_an_older_or_equal_serial_is_refused_and_a_newer_one_follows(agreement):
    take(agreement, release())
    for serial in (2, 3):
        with pytest.raises(DomainError, match="is not newer than copy 3"):
            take(agreement, release(serial=serial))
    take(agreement, release(serial=4))
    assert Publication.objects.filter(kind="awareness.complaints").count() == 2
    assert current("awareness.complaints", agreement.slug).payload["serial"] == 4


def test_stored_copies_never_change(agreement):
    copy = take(agreement, release())
    with pytest.raises(TypeError):
        copy.save()
    with pytest.raises(TypeError):
        Publication.objects.filter(pk=copy.pk).update(payload={})


def wrong(path, value):
    content = deepcopy(release())
    place = content
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return content


@pytest.mark.parametrize(
    "content",
    [
        b"no json",
        b"[]",
        wrong(["format"], "ketenwijs-complaints-register-2"),
        wrong(["extra"], 1),
        wrong(["release", "secret"], "x"),
        wrong(["release", "running", 0, "name"], "somebody"),
        wrong(["release", "running", 0, "number"], "7"),
        wrong(["release", "running", 0, "kind"], "Complaint <b>"),
        wrong(["release", "running", 0, "kind"], "unnamed"),
        wrong(["release", "running", 0, "state"], "unnamed"),
        wrong(["release", "running", 0, "theme"], "x" * 41),
        wrong(["release", "running", 0, "theme"], "line\nbreak"),
        wrong(["release", "running", 1, "number"], 7),
        wrong(["release", "counts", 0, "total"], -1),
        wrong(["release", "counts", 0, "year"], 2024),
        wrong(["release", "counts", 0, "cells"], {"unnamed": 1}),
        wrong(["rulings", 0, "address"], "javascript:alert(1)"),
        wrong(["rulings", 0, "address"], "http://klachten.example/"),
        wrong(["rulings", 0, "title"], "x" * 201),
        wrong(["rulings", 0, "text"], ""),
        wrong(["rulings", 0, "signed_by"], []),
        wrong(["address"], "https://a b"),
        wrong(["names", "kinds", "complaint"], {"nl": "Klacht"}),
    ],
)
def test_anything_else_than_the_known_shape_is_refused_and_nothing_is_taken(agreement, content):
    with pytest.raises(DomainError, match="not a released copy"):
        take(agreement, content)
    assert not Publication.objects.filter(kind="awareness.complaints").exists()


def test_a_refusal_never_repeats_what_stands_in_the_file(agreement):
    with pytest.raises(DomainError) as refused:
        take(agreement, wrong(["release", "running", 0, "theme"], "kanarie" * 9))
    assert "release.running.0.theme" in str(refused.value)
    assert "kanarie" not in str(refused.value)


def test_a_body_that_released_nothing_yet_is_told_so(agreement):
    with pytest.raises(DomainError, match="released no copy yet"):
        take(agreement, {**release(), "release": {}})


def test_a_day_still_to_come_and_a_huge_file_are_refused(agreement):
    with pytest.raises(DomainError, match="still to come"):
        take(agreement, release(), today=date(2025, 9, 30))
    with pytest.raises(DomainError, match="larger"):
        take(agreement, b" " * (20 * 1024 * 1024 + 1))


def test_people_cannot_take_copies_only_the_operators_command(agreement):
    with pytest.raises(NotAllowed):
        take(agreement, release(), actor=staff(agreement))


def test_the_command_takes_a_file_for_an_agreement(agreement, tmp_path, capsys):
    file = tmp_path / "released.json"
    file.write_bytes(as_file(release()))
    call_command("take_complaints_release", str(file), agreement=[agreement.slug])
    assert "Copy 3" in capsys.readouterr().out
    with pytest.raises(CommandError, match="is not newer"):
        call_command("take_complaints_release", str(file), agreement=[agreement.slug])


def test_the_command_refuses_an_unknown_agreement_and_a_missing_file_and_changes_nothing(agreement, tmp_path):
    file = tmp_path / "released.json"
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("take_complaints_release", str(file), agreement=[agreement.slug])
    file.write_bytes(as_file(release()))
    with pytest.raises(CommandError, match="no agreement nobody"):
        call_command("take_complaints_release", str(file), "--agreement", agreement.slug, "--agreement", "nobody")
    assert not Publication.objects.filter(kind="awareness.complaints").exists()
