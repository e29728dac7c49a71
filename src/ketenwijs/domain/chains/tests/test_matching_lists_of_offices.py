"""What lists from many offices do: units in every style, older spellings, exchanged coordinates, notes for numbers."""

from __future__ import annotations

import gc

import numpy as np
import pytest

from ketenwijs.domain.chains.matching.alignment import align
from ketenwijs.domain.chains.matching.features import NAMES, Rarity, compare, side_of
from ketenwijs.domain.chains.matching.forms import forms_of
from ketenwijs.domain.chains.matching.geography import coordinates
from ketenwijs.domain.chains.matching.identifiers import read_identifiers
from ketenwijs.domain.chains.matching.linking import _without_collecting
from ketenwijs.domain.chains.matching.normalising import name_lines, place_lines
from ketenwijs.domain.chains.matching.records import Row
from ketenwijs.domain.chains.matching.wade_giles import as_pinyin
from ketenwijs.domain.chains.matching.words import load_words

WORDS = load_words()


def features_of(new: Row, register: Row) -> dict[str, float]:
    """The features of one pair, by name."""
    sides = [
        side_of(form, row.country, row.identifiers, WORDS)
        for form, row in zip(forms_of([new, register], WORDS), (new, register), strict=True)
    ]
    found, _ = compare(sides[:1], sides[1:], (coordinates([new]), coordinates([register])), Rarity(100, {}, {}), WORDS)
    return dict(zip(NAMES, found[0], strict=True))


@pytest.mark.parametrize(
    "written",
    [
        "Zafiro Unit 2",
        "Zafiro Unit-II",
        "Zafiro (Plant 2)",
        "Zafiro #2",
        "Zafiro 2. Tesis",
        "Zafiro No. 2 Factory",
        "Zafiro Nhà máy 2",
    ],
)
def test_the_number_of_a_unit_is_the_same_in_every_style(written):
    assert name_lines([written], WORDS) == ["safiro 2"]


@pytest.mark.parametrize(("written", "number"), [("绿石材有限公司一厂", "1"), ("绿石材第三分厂", "3")])
def test_chinese_factories_are_numbered_too(written, number):
    assert number in name_lines([written], WORDS)[0].split()


@pytest.mark.parametrize(
    ("older", "pinyin"),
    [
        ("Ch'ing Hsiang Yüeh", "qing xiang yue"),
        ("Chung T’ai Feng", "zhong tai feng"),
        ("Te Shun Ho P'ing", "de shun he ping"),
    ],
)
def test_the_older_spelling_of_chinese_is_read_as_pinyin(older, pinyin):
    assert as_pinyin(older) == pinyin


@pytest.mark.parametrize("name", ["Brown's Quarry", "Shaq el-Te'ban", "Te Anau Stone"])
def test_names_without_its_marks_stay_as_they_are(name):
    assert as_pinyin(name) == name


def test_long_vowels_in_arabic_writing_are_vowels_and_an_alef_is_heard():
    assert name_lines(["النورين", "أبو صالح"], WORDS) == ["nurin", "abu salh"]


def test_towns_have_their_names_in_their_own_writing_and_their_older_ones():
    assert place_lines(["Gatooma", "Kadoma"], WORDS) == ["kadoma", "kadoma"]
    cairo = place_lines(["القاهرة", "Cairo", "Kairo"], WORDS)
    assert set(cairo) == {"kairo"}


def test_a_town_that_stands_in_the_address_alone_is_the_place():
    form = forms_of([Row("1", "X", "Lot 2, Main Road, Buon Ma Thuot")], WORDS)[0]
    assert form.place == place_lines(["Buôn Ma Thuột"], WORDS)[0]
    assert forms_of([Row("1", "X", "Plot 2, Stone Yard")], WORDS)[0].place == ""


def test_a_shortened_word_of_trade_is_known_by_its_beginning_and_its_full_stop():
    assert name_lines(["Alva Tekst. Ltd."], WORDS) == name_lines(["Alva Tekstil"], WORDS)


def test_a_note_is_no_identifier():
    assert read_identifiers("pending; VAT applied for") == ()
    assert read_identifiers("GLN: 5412345000013") == (("GLN", "5412345000013"),)


def test_exchanged_coordinates_are_near():
    register = Row("R", "Alva", lat="25.12", lon="75.60")
    assert features_of(Row("N", "Alva", lat="75.60", lon="25.12"), register)["near"] > -np.log1p(5)
    assert features_of(Row("N", "Alva", lat="15.60", lon="95.12"), register)["near"] < -np.log1p(500)


def test_a_licence_number_in_the_name_agrees_with_the_identifier():
    register = Row("R", "Alva Quarry", identifiers="licence 20987")
    assert features_of(Row("N", "Alva quarry (lic. 20987)"), register)["identifiers"] == 1.0
    assert np.isnan(features_of(Row("N", "Alva quarry (lic. 20143)"), register)["identifiers"])


def test_zeros_in_front_and_small_roman_numerals_are_the_same_number():
    assert features_of(Row("N", "Alva Unit 02"), Row("R", "Alva Unit 2"))["name_numbers"] == 1.0
    assert features_of(Row("N", "Alva Quarry V"), Row("R", "Alva Quarry No. 5"))["name_numbers"] == 1.0
    assert features_of(Row("N", "Alva Unit 3"), Row("R", "Alva Unit 2"))["name_numbers"] == 0.0


def test_initials_stand_for_the_words_they_begin():
    assert align(["svm"], ["sri", "vasanta", "mali"], dict.fromkeys(["svm", "sri", "vasanta", "mali"], 1.0)).agreed > 0
    assert align(["svk"], ["sri", "vasanta", "mali"], dict.fromkeys(["svk", "sri", "vasanta", "mali"], 1.0)).agreed == 0


def test_collecting_goes_on_after_a_fault():
    def fail() -> None:
        with _without_collecting():
            assert not gc.isenabled()
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fail()
    assert gc.isenabled()
