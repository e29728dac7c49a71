"""Every content file is right: one test per file, and the whole folder without a fault."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from ketenwijs.domain.reference.selectors import countries, materials, stages, themes
from ketenwijs.foundation.content.checking import CheckResult, check_directory

CONTENT = Path(settings.CONTENT_DIR)
SOURCES = CONTENT / "reference" / "risk-sources"
SEED_MARK = re.compile(r"\bseed \d{3}\b", re.IGNORECASE)
EVERYWHERE = "XX"
# Tags of the sources beside our themes and stages; they are shown nowhere as a theme.
OTHER_TAGS = {
    "context", "environment", "general", "governance", "informal_employment", "remedy", "social_security",
    "transparency", "working_hours",
}  # fmt: skip
# Stones of the sources that are no kind of natural stone in this trade.
OTHER_STONES = {"engineered quartz", "pumice"}
# Publishers whose rows may be bundled: works of a government in the public domain.
PUBLIC_DOMAIN = ("CIA World Factbook", "US Department of Labor, ILAB", "US Department of State")


@lru_cache(maxsize=1)
def result() -> CheckResult:
    """The content folder, checked once."""
    return check_directory(CONTENT)


def yaml_files():
    return sorted(str(path.relative_to(CONTENT)) for path in CONTENT.rglob("*.y*ml"))


def csv_files():
    return sorted(path.name for path in SOURCES.glob("*.csv"))


def rows(name):
    with (SOURCES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("file", yaml_files())
def test_each_file_is_right(file):
    assert [str(fault) for fault in result().faults if fault.file == file] == []
    assert file in {loaded.parsed.file for loaded in result().loaded}


def test_the_whole_folder_has_no_fault():
    assert [str(fault) for fault in result().faults] == []


@pytest.mark.parametrize("file", [*yaml_files(), *(f"reference/risk-sources/{name}" for name in csv_files())])
def test_no_file_shows_the_internal_mark_of_a_source(file):
    assert SEED_MARK.findall((CONTENT / file).read_text("utf-8")) == []


@pytest.mark.parametrize("file", [file for file in yaml_files() if file.startswith("agreements/")])
def test_what_no_source_says_is_labelled_as_example(file):
    data = yaml.safe_load((CONTENT / file).read_text("utf-8"))
    unlabelled = [path for path, value in settings_in(data) if not (value["example"] or value.get("source"))]
    assert unlabelled == []


def settings_in(data, path=""):
    """Every `{value, example}` in a file with its path."""
    if isinstance(data, dict):
        if {"value", "example"} <= set(data):
            yield path, data
        for key, value in data.items():
            yield from settings_in(value, f"{path}.{key}")
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from settings_in(value, f"{path}[{number}]")


COLUMNS = {
    "country-indicators.csv": (
        *("country", "indicator", "value", "unit", "year", "theme", "higher_means", "publisher"),
        *("link", "certainty"),
    ),
    "ilab-goods.csv": (
        *("country", "good", "relation", "material", "child_labour", "forced_labour", "forced_child_labour"),
        *("edition", "source", "link", "certainty"),
    ),
    "ilo-conventions.csv": ("convention", "title", "title_nl", "title_fr", "adopted", "theme"),
    "ilo-ratifications.csv": (
        *("country", "convention", "ratified", "year", "source", "link", "source_date", "certainty"),
    ),
    "indicator-words.csv": ("word", "nl", "fr", "en"),
    "sector-studies.csv": (
        *("id", "country", "region", "year", "publisher", "title", "stage", "material", "theme", "finding"),
        *("link", "certainty"),
    ),
}


def test_every_bundled_source_is_known_here():
    assert csv_files() == sorted(COLUMNS)


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_each_source_has_its_columns_in_every_row(name):
    found = rows(name)
    assert found
    wanted = list(COLUMNS[name])
    assert [number for number, row in enumerate(found, start=2) if list(row) != wanted or None in row.values()] == []


@pytest.mark.parametrize("name", [name for name, columns in COLUMNS.items() if "country" in columns])
def test_each_row_names_a_country_a_link_and_how_sure_it_is(name):
    known = {one.code for one in countries()} | {EVERYWHERE}
    wrong = [
        number
        for number, row in enumerate(rows(name), start=2)
        if row["country"] not in known
        or row["certainty"] not in ("A", "B", "C")
        or not re.match(r"https?://\S+$|$", row["link"])
        or not (row.get("publisher") or row.get("source"))
    ]
    assert wrong == []


@pytest.mark.parametrize("name", [name for name, columns in COLUMNS.items() if "theme" in columns])
def test_each_theme_is_one_of_ours_or_a_known_tag(name):
    assert {row["theme"] for row in rows(name)} <= {one.code for one in themes()} | OTHER_TAGS


def test_the_studies_have_an_own_identifier_a_known_stage_and_a_finding():
    found = rows("sector-studies.csv")
    assert len({row["id"] for row in found}) == len(found)
    assert {row["stage"] for row in found} <= {one.code for one in stages()} | {"all"}
    assert all(row["finding"] and row["publisher"] and row["title"] and row["year"] for row in found)


def test_a_study_of_which_only_the_title_was_seen_is_not_bundled():
    assert "D" not in {row["certainty"] for row in rows("sector-studies.csv")}


def test_country_figures_come_from_publishers_in_the_public_domain_only():
    publishers = {row["publisher"] for row in rows("country-indicators.csv")}
    assert [name for name in publishers if not name.startswith(PUBLIC_DOMAIN)] == []
    assert {row["certainty"] for row in rows("country-indicators.csv")} <= {"A", "B"}


def test_goods_that_are_not_stone_are_marked_as_proxy_or_crushed():
    for row in rows("ilab-goods.csv"):
        assert row["relation"] in ("stone", "crushed stone") or row["relation"].startswith("proxy")
        assert {row[name] for name in ("child_labour", "forced_labour", "forced_child_labour")} <= {
            "yes",
            "no",
        }


def test_the_stones_that_sources_name_one_by_one_are_known_materials():
    known = {one.code for one in materials()} | OTHER_STONES
    goods = {row["material"] for row in rows("ilab-goods.csv") if row["relation"] == "stone"} - {
        "",
        "unspecified",
    }
    named = {stone for row in rows("sector-studies.csv") for stone in row["material"].split("; ")}
    general = {stone for stone in named if any(word in stone for word in ("natural stone", "unspecified", "minerals"))}
    assert (goods | named) - general - known == set()


def test_ratifications_name_known_conventions_once_per_country():
    known = {row["convention"] for row in rows("ilo-conventions.csv")}
    found = rows("ilo-ratifications.csv")
    assert {row["convention"] for row in found} <= known
    assert {row["ratified"] for row in found} <= {"yes", "no"}
    assert len({(row["country"], row["convention"]) for row in found}) == len(found)


def test_country_figures_have_words_in_three_languages():
    figures = rows("country-indicators.csv")
    words = {row["word"]: [row[language] for language in ("nl", "fr", "en")] for row in rows("indicator-words.csv")}
    assert {row["indicator"] for row in figures} <= {word for word, texts in words.items() if all(texts)}
    assert {row["unit"] for row in figures} <= set(words)
    assert [word for word, texts in words.items() if any(texts) and not all(texts)] == [], "a unit may have no words"


def test_conventions_have_their_title_in_three_languages():
    assert [row["convention"] for row in rows("ilo-conventions.csv") if not (row["title_nl"] and row["title_fr"])] == []
