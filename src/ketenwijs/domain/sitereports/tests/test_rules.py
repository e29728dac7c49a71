"""Names are found however they are spelled, words taken over are seen, receipts are random and repeatable."""

import pytest

from ketenwijs.domain.sitereports import rules


@pytest.mark.parametrize(
    "text",
    [
        "Ask Møller & Söhne GmbH about it.",
        "ask MOLLER & SOHNE about it",
        "Moller\n  Sohne",
        "info@moller-sohne.example",
        "Mol\u200bler & Söh\u00adne",
        "(Møller&Söhne)",
        "MollerSohne",
    ],
)
def test_a_name_is_found_in_every_spelling(text):
    assert rules.first_name_in(text, ["Other BV", "Møller & Söhne GmbH"]) == "Møller & Söhne GmbH"


@pytest.mark.parametrize("text", ["The mollers were seen", "Sohne Moller", "", "A place far away"])
def test_parts_of_a_name_and_other_words_are_left_alone(text):
    assert rules.first_name_in(text, ["Møller & Söhne GmbH"]) is None


@pytest.mark.parametrize("text", ["Kapelhof Bestratng was there", "Kapelhof Bestraiting", "of kapelhof bestratimg."])
def test_a_long_name_is_found_with_a_letter_wrong(text):
    assert rules.first_name_in(text, ["Kapelhof Bestrating BV"])
    assert rules.first_name_in(text, ["Kapelhof Bestratingen BV"]) is None


def test_a_short_name_with_a_letter_wrong_is_another_word():
    assert rules.first_name_in("a granite from there", ["Granit BV"]) is None


def test_a_name_in_a_script_without_spaces_is_found_inside_a_sentence():
    assert rules.first_name_in("我们问了福建石材公司的人", ["福建石材公司"])
    assert rules.first_name_in("我们问了别的人", ["福建石材公司"]) is None


def test_a_name_of_nothing_but_a_legal_form_and_one_too_short_are_no_names():
    assert rules.first_name_in("of a b v", ["A BV"]) is None
    assert rules.spellings("") == set()


def test_a_run_of_words_taken_over_is_shown_and_a_shorter_one_is_not():
    report = "Every morning, children of ten carry small stones to the road."
    assert rules.copied_words("Is it so that CHILDREN of ten carry small stones to the road?", report)
    assert rules.copied_words("Do children carry stones?", report) == ""
    assert rules.copied_words("", report) == rules.copied_words("some words", "") == ""


def test_the_same_form_gets_the_same_receipt_and_any_other_a_different_one():
    first = rules.receipt("secret", "once", "text")
    assert first == rules.receipt("secret", "once", "text")
    others = {
        rules.receipt(*words) for words in (("s", "once", "text"), ("secret", "x", "text"), ("secret", "once", "y"))
    }
    assert first not in others and len(others) == 3
    number, code = first
    assert (len(number), len(code)) == (8, 16) and set(number + code) <= set(rules.ALPHABET)


def test_a_receipt_may_be_typed_with_dashes_spaces_and_small_letters():
    number, _code = rules.receipt("secret", "once", "text")
    assert rules.as_typed(f" {rules.in_groups(number).lower()} ") == number
