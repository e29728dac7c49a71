"""A site is added without building the index again, and a kept index tells the same as a new one."""

from __future__ import annotations

import pytest

from ketenwijs.domain.chains.matching import candidates
from ketenwijs.domain.chains.matching.candidates import SiteIndex
from ketenwijs.domain.chains.matching.countries import load_countries
from ketenwijs.domain.chains.matching.linking import Matcher
from ketenwijs.domain.chains.matching.records import make_row
from ketenwijs.domain.chains.matching.storing import UnusableIndex, load_index, save_index
from ketenwijs.domain.chains.matching.words import load_words

from .matching_lists import COUNTRY_NAMES, filler, matcher_of, site

LEI = "LEI: 5299000J2N45DDNE4Y28"
NEW = make_row(
    {
        "id": "N1",
        "name": "Nakoda Sandstones",
        "address": "4 Kota Road",
        "place": "Bundi",
        "identifiers": "LEI: 5299000J2N45DDNE4Y28",
    }
)


def best(matcher):
    found = next(matcher.match([NEW], most=1))
    return (found[0].register.id, round(found[0].probability, 6)) if found else None


def test_a_site_that_is_added_is_found_and_finished_blocks_stay_as_they_are(monkeypatch):
    monkeypatch.setattr(candidates, "BLOCK", 100)
    monkeypatch.setattr(candidates, "_OPEN", 50)
    index = SiteIndex(load_words())
    index.add(filler(300))
    matcher = Matcher(index, load_countries(COUNTRY_NAMES, index.words))
    before = best(matcher)
    finished = list(index.blocks)
    index.add([site(1, name="Nakoda Sandstone Pvt Ltd", address="4 Kota Road", place="Bundi")])
    assert before is None or before[1] < 0.5
    assert best(matcher)[0] == "R1"
    assert all(one is other for one, other in zip(finished, index.blocks, strict=False))
    index.add([site(2, name="Another", identifiers="5299000J2N45DDNE4Y28")])
    assert len(index.blocks) == len(finished) + 1
    assert "R2" in {pair.register.id for pair in next(matcher.match([NEW], most=5, least=0.0))}


def test_adding_one_by_one_finds_what_adding_at_once_finds():
    rows = [site(1, name="Nakoda Sandstone", address="4 Kota Road", place="Bundi"), *filler(40)]
    one_by_one = SiteIndex(load_words())
    for row in rows:
        one_by_one.add([row])
    at_once = SiteIndex(load_words())
    at_once.add(rows)
    countries = load_countries(COUNTRY_NAMES, at_once.words)
    assert best(Matcher(one_by_one, countries))[0] == best(Matcher(at_once, countries))[0] == "R1"
    assert (one_by_one.counts == at_once.counts).all()


def test_a_kept_index_gives_the_same_answers_and_takes_more_rows(tmp_path):
    matcher = matcher_of([site(1, name="नाकोड़ा सैंडस्टोन", address="4 Kota Road", place="Bundi", identifiers="a1b2c3")])
    save_index(matcher.index, tmp_path / "index.npz")
    kept = load_index(tmp_path / "index.npz", load_words())
    again = Matcher(kept, load_countries(COUNTRY_NAMES, kept.words))
    assert best(again) == best(matcher)
    assert kept.identifiers == matcher.index.identifiers
    kept.add([site(2, name="Nakoda Sandstones", address="4 Kota Road", place="Bundi", identifiers=NEW.identifiers)])
    assert best(again)[0] == "R2"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"not an index"])
def test_a_file_that_is_no_index_is_refused(tmp_path, content):
    (tmp_path / "index.npz").write_bytes(content)
    with pytest.raises(UnusableIndex):
        load_index(tmp_path / "index.npz", load_words())
