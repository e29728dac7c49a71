"""What a question takes, and when an answer is complete."""

import pytest

from ketenwijs.domain.questionnaires.rules import (
    COLLECTIVE,
    NOT_APPLICABLE,
    BadValue,
    Given,
    clean_value,
    fingerprint,
    fits,
    is_complete,
    share_floor,
)

SCALE = {0, 1, 2, 3, 4}


@pytest.mark.parametrize(
    ("kind", "raw", "kept"),
    [
        ("scale", "3", 3),
        ("scale", 0, 0),
        ("scale", "n/a", "n/a"),
        ("scale", "collective", "collective"),
        ("scale", "", None),
        ("yes_no", "no", "no"),
        ("yes_no", "n/a", "n/a"),
        ("text", " two \r\nlines ", "two \nlines"),
        ("text", "  ", None),
        ("number", "12,50", 12.5),
        ("number", "12", 12),
        ("number", "-3.0", -3),
        ("number", 12.5, 12.5),
    ],
)
def test_each_kind_takes_its_values(kind, raw, kept):
    assert clean_value(kind, raw, scale=SCALE) == kept


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("scale", "5"),
        ("scale", "-1"),
        ("scale", "2.5"),
        ("scale", "٣"),
        ("scale", "9" * 400),
        ("scale", "yes"),
        ("scale", True),
        ("scale", ["2"]),
        ("scale", {"value": 2, "status": "met"}),
        ("yes_no", "collective"),
        ("yes_no", True),
        ("text", "x" * 8001),
        ("text", 7),
        ("number", "1e9"),
        ("number", "NaN"),
        ("number", "12 ton"),
        ("number", "9999999999"),
        ("number", "1.23456"),
        ("fact", "0.9"),
        ("fact", None),
        ("unknown", "1"),
    ],
)
def test_anything_else_is_refused(kind, raw):
    with pytest.raises(BadValue):
        clean_value(kind, raw, scale=SCALE)


def test_a_rubric_without_a_rung_does_not_take_its_number():
    assert not fits("scale", 1, scale={0, 2})
    assert fits("scale", 2, scale={0, 2})


@pytest.mark.parametrize("value", [NOT_APPLICABLE, COLLECTIVE])
def test_a_special_answer_is_complete_only_with_a_word_of_why(value):
    assert not is_complete("scale", Given(value))
    assert is_complete("scale", Given(value, "because"))


def test_a_carried_answer_is_complete_once_confirmed():
    assert not is_complete("scale", Given(2, is_carried=True))
    assert is_complete("scale", Given(2, is_carried=True, is_confirmed=True))
    assert is_complete("scale", Given(0))
    assert not is_complete("scale", None)
    assert not is_complete("scale", Given(None, "words only"))


def test_a_fact_counts_when_it_is_known_even_when_it_is_nought():
    assert is_complete("fact", None, 0.0)
    assert not is_complete("fact", None, None)


@pytest.mark.parametrize(("share", "whole"), [(0.997, 99), (1, 100), (0.57, 57), (0.29, 29), (0, 0)])
def test_a_share_is_never_rounded_up(share, whole):
    assert share_floor(share) == whole


def test_a_fingerprint_tells_value_and_words_apart():
    assert fingerprint(2, "a") == fingerprint("2", "a")
    assert fingerprint(2, "a") != fingerprint(2, "b")
    assert fingerprint(None, "") != fingerprint("None", "")
    assert fingerprint("a", "b") != fingerprint("ab", "")
