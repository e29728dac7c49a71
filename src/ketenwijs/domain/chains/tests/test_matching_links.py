"""Which new rows are taken for which sites, what missing columns do, and what the reasons say."""

from __future__ import annotations

import pytest

from ketenwijs.domain.chains.matching.explaining import as_sentence, explain
from ketenwijs.domain.chains.matching.linking import CERTAIN

from .matching_lists import linked, matcher_of, proposals, site

XIAMEN = site(
    1, name="厦门市华辉石材有限公司", address="工业路88号", place="厦门", country="China", lat="24.48", lon="118.09"
)
UDAIPUR = site(
    2,
    name="Lakshmi Granites Private Limited",
    address="Plot 14 RIICO Industrial Area",
    place="Udaipur",
    country="India",
)
QUYNHON = site(
    3, name="Công ty TNHH Đá Hoàng Anh", address="12 Đường Trần Hưng Đạo", place="Quy Nhơn", country="Vietnam"
)
AFYON = site(
    4, name="Öztürk Mermer San. ve Tic. A.Ş.", address="Gazi Mah. No: 7", place="Afyonkarahisar", country="Türkiye"
)
REGISTER = [XIAMEN, UDAIPUR, QUYNHON, AFYON]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            {"name": "Xiamen Huahui Stone Co Ltd", "place": "Amoy", "country": "CN", "lat": "24.49", "lon": "118.08"},
            "R1",
        ),
        ({"name": "लक्ष्मी ग्रेनाइट", "address": "Plot 14 RIICO Indl Area", "place": "उदयपुर", "country": "IN"}, "R2"),
        ({"name": "HOANG ANH STONE JSC", "address": "Tran Hung Dao 12", "place": "Qui Nhon", "country": "VN"}, "R3"),
        ({"name": "Mermer Ozturk", "address": "Gazi Mah. 7", "place": "Afyon", "country": "TR"}, "R4"),
    ],
)
def test_a_site_is_found_in_other_writing_order_and_spelling(cells, expected):
    assert linked(REGISTER, **cells) == expected


@pytest.mark.parametrize(
    "cells",
    [
        {"name": "Sharma Marbles", "address": "Plot 90 Bypass Road", "place": "Udaipur", "country": "India"},
        {
            "name": "Huahui Stone",
            "address": "5 Renmin Road",
            "place": "Laizhou",
            "country": "China",
            "lat": "37.18",
            "lon": "119.94",
        },
        {"name": "Nobody At All"},
        {"name": ""},
    ],
)
def test_a_namesake_or_neighbour_is_not_linked(cells):
    assert linked(REGISTER, **cells) is None


def test_missing_columns_are_not_disagreement():
    full = {
        "name": "Lakshmi Granites Pvt Ltd",
        "address": "Plot 14 RIICO Industrial Area",
        "place": "Udaipur",
        "country": "India",
    }
    assert linked(REGISTER, **full) == "R2"
    for column in ("address", "country"):
        assert linked(REGISTER, **{**full, column: ""}) == "R2", column


def test_persons_and_restaurants_with_few_columns_are_matched_too():
    register = [
        site(1, name="michaela neumann", address="8 stanley street miami", place="winston hills", region="nsw 4223"),
        site(2, name="arts deli", address="12224 ventura blvd.", place="studio city"),
    ]
    assert linked(register, name="neumann michela", address="8 stanley st miami", place="winston hill") == "R1"
    assert linked(register, name="Art's Delicatessen", address="12224 Ventura Boulevard", place="Studio City") == "R2"


def test_the_same_identifier_finds_a_site_under_another_name_but_units_stay_apart():
    register = [
        site(1, name="Alpha Quarries Unit 1", place="Jaipur", country="IN", identifiers="GLN: 4012345000009"),
        site(2, name="Alpha Quarries Unit 2", place="Jaipur", country="IN", identifiers="GLN: 4012345000016"),
    ]
    found = proposals(register, name="Alfa Mines", place="Jaipur", country="India", identifiers="GLN 4012345000016; x")
    assert found[0].register.id == "R2"
    assert linked(register, name="Alpha Quarries Unit II", place="Jaipur", country="IN") == "R2"


def test_proposals_are_ranked_and_their_probabilities_share_one():
    register = [
        UDAIPUR,
        site(9, name="Lakshmi Granites", address="Plot 15 RIICO Industrial Area", place="Udaipur", country="India"),
    ]
    found = proposals(
        register,
        name="Lakshmi Granites Pvt Ltd",
        address="Plot 14 RIICO Industrial Area",
        place="Udaipur",
        country="IN",
    )
    chances = [pair.probability for pair in found]
    assert found[0].register.id == "R2"
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) <= 1


def test_a_complete_agreement_needs_no_person():
    found = proposals(REGISTER, **{key: value for key, value in AFYON._asdict().items() if key != "id"})
    assert found[0].register.id == "R4"
    assert found[0].probability >= CERTAIN


def test_the_reasons_name_what_agrees_what_differs_and_what_is_on_one_side():
    pair = proposals(
        REGISTER,
        name="Xiamen Huahui Stone Ltd",
        address="88 Gongye Road",
        place="Amoy",
        country="CN",
        lat="24.49",
        lon="118.08",
    )[0]
    verdicts = {reason.part: reason.verdict for reason in explain(pair)}
    assert verdicts["place"] == verdicts["country"] == verdicts["coordinates"] == "agrees"
    assert verdicts["name"] in ("agrees", "partly")
    sentence = as_sentence(explain(pair))
    assert "km apart" in sentence
    assert "Huahui" in sentence


def test_one_side_without_a_part_is_said_so():
    pair = proposals(REGISTER, name="Lakshmi Granites", place="Udaipur")[0]
    verdicts = {reason.part: reason.verdict for reason in explain(pair)}
    assert verdicts["country"] == verdicts["address"] == "unknown"
    assert "country on one side only" in as_sentence(explain(pair))


def test_no_rows_and_an_empty_register_give_nothing():
    matcher = matcher_of(REGISTER)
    assert list(matcher.match([])) == []
    matcher.index.__init__(matcher.index.words)
    assert list(matcher.match([XIAMEN])) == [[]]
