"""Spellings of one name in several scripts become the same, and different names stay different."""

from __future__ import annotations

import pytest

from ketenwijs.domain.chains.matching.normalising import address_lines, name_lines, place_lines
from ketenwijs.domain.chains.matching.romanising import romanise
from ketenwijs.domain.chains.matching.words import load_words

WORDS = load_words()


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("厦门市华辉石材有限公司", "xiamen huahui stone ltd"),
        ("廈門華輝石材", "xiamen huahui stone"),
        ("重庆长江", "chongqing changjiang"),
        ("राजस्थान ग्रेनाइट", "rajasthan granite"),
        ("उदयपुर किशनगढ़ मकराना", "udaypur kishangarh makrana"),
        ("Công ty TNHH Đá Hoàng Anh", "Cong ty TNHH stone Hoang Anh"),
        ("Afyon İscehisar Taş Ocağı A.Ş.", "Afyon Iscehisar Tas Ocagi A.S."),
        ("ಕನಕಪುರ", "kanakapura"),
        ("Straße Łódź", "Strasse Lodz"),
        ("\u200d", ""),
        ("plain", "plain"),
    ],
)
def test_names_of_any_script_are_read_in_latin_letters(written, latin):
    assert " ".join(romanise(written, WORDS).split()) == latin


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Laxmi Granites Pvt. Ltd.", "LAKSHMI GRANITE PRIVATE LIMITED"),
        ("लक्ष्मी ग्रेनाइट प्राइवेट लिमिटेड", "Lakshmi Granites"),
        ("Công ty TNHH MTV Đá Hoàng Anh", "Stone Hoang Anh JSC"),
        ("Öztürk Mermer San. ve Tic. A.Ş.", "OZTURK MARBLE AS"),
        ("泉州华辉石材有限公司", "Quanzhou Huahui Stone Co., Ltd."),
        ("S.p.A. Marmi Rossi", "Marmi Rossi SpA"),
        ("Unit II Sharma Stones", "Unit 2 Sharma Stone"),
        ("Müller Naturstein GmbH & Co. KG", "Mueller Natural Stone"),
    ],
)
def test_spellings_of_one_name_fold_to_the_same_words(one, other):
    first, second = name_lines([one, other], WORDS)
    assert sorted(set(first.split()) - {"unit"}) == sorted(set(second.split()) - {"unit"})


def test_a_name_of_legal_forms_only_keeps_them_and_many_names_keep_their_order():
    assert name_lines(["Ltd", "", "Sharma Ltd"], WORDS) == ["ltd", "", "sarma"]


def test_other_names_of_a_place_become_one():
    assert place_lines(["Bombay", "Mumbai", "Amoy", "Tp. HCM", "Sint-Niklaas", "St Niklaas"], WORDS) == [
        "mumbai",
        "mumbai",
        "ksiamen",
        "ho ci minh",
        "saint niklas",
        "saint niklas",
    ]


def test_words_of_an_address_are_written_in_one_way():
    one, other = address_lines(["12 Main Street", "Main St. 12"], WORDS)
    assert sorted(one.split()) == sorted(other.split())
