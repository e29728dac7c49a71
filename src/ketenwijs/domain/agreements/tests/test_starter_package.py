"""The starter package: filled, explained in one language, without a fault; and unsafe or strange uploads are refused."""

import io
import zipfile
from datetime import date

import pytest
import yaml

from ketenwijs.domain.agreements.instruments import FAMILY_NAMES, REQUIREMENT_LIST
from ketenwijs.domain.agreements.starter.building import Wanted, starter_files, zipped
from ketenwijs.domain.agreements.starter.checking import check_package
from ketenwijs.domain.agreements.starter.reading import MOST_BYTES, read_upload
from ketenwijs.foundation.content.texts import LANGUAGES, Texts
from ketenwijs.foundation.ui.errors import DomainError

SLUG = "example-cork"
NAMES = Texts(nl='Kurk "voorbeeld": één', fr="Liège d'exemple", en="Example Cork")
WANTED = Wanted(SLUG, NAMES, date(2024, 1, 1))


def built(language="nl", **changes):
    return starter_files(
        Wanted(**{"slug": SLUG, "names": NAMES, "first_day": date(2024, 1, 1), **changes}), language=language
    )


def as_bytes(files):
    return {name: text.encode() for name, text in files.items()}


def archive(members, compression=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as one:
        for name, content in members.items():
            one.writestr(name, content)
    return stream.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("first_day", [date(2024, 1, 1), date(2024, 2, 29), date(2025, 10, 1)])
@pytest.mark.parametrize("family", FAMILY_NAMES)
def test_a_starter_package_has_no_fault_and_no_gap_left(language, first_day, family):
    files = built(language, first_day=first_day, family=family)
    measured = yaml.safe_load(files["framework-1.yaml"]).get("instrument", {"family": REQUIREMENT_LIST})
    assert measured["family"] == family
    assert not any(line.startswith("#?") for text in files.values() for line in text.splitlines())
    assert sorted(files) == ["agreement.yaml", "framework-1.yaml", "observations.yaml"]
    assert [str(fault) for fault in check_package(as_bytes(files)).faults] == []
    assert not any("[[" in text for text in files.values())


def test_it_is_explained_in_one_language_and_carries_the_names_as_given():
    nl, fr = built("nl")["agreement.yaml"], built("fr")["agreement.yaml"]
    assert nl.startswith("# STARTPAKKET")
    assert fr.startswith("# PAQUET DE DÉPART")
    assert "STARTER PACKAGE" not in nl + fr
    assert yaml.safe_load(nl) == yaml.safe_load(fr)
    assert yaml.safe_load(nl)["name"] == NAMES.by_language


def test_report_years_follow_the_first_day():
    years = yaml.safe_load(built(first_day=date(2025, 10, 1))["agreement.yaml"])["years"]
    assert [(year["code"], year["starts_on"], year["ends_on"]) for year in years] == [
        ("2025-2026", date(2025, 10, 1), date(2026, 9, 30)),
        ("2026-2027", date(2026, 10, 1), date(2027, 9, 30)),
        ("2027-2028", date(2027, 10, 1), date(2028, 9, 30)),
    ]


def test_every_value_that_nothing_fixes_is_labelled_as_example():
    content = yaml.safe_load(built()["agreement.yaml"])
    assert all(year["example"] for year in content["years"])
    assert content["appeal_days"]["example"]
    assert yaml.safe_load(built()["framework-1.yaml"])["example"] is True


@pytest.mark.parametrize("slug", ["", "A", "../up", "a b", "members", "start", "-a", "a--b", "a" * 51, "é"])
def test_a_word_that_cannot_be_an_address_is_refused(slug):
    with pytest.raises(DomainError):
        built(slug=slug)


def test_a_first_day_far_away_is_refused():
    with pytest.raises(DomainError):
        built(first_day=date(1, 1, 1))


def test_the_archive_comes_back_as_it_went_out():
    files = built()
    content = zipped(files, SLUG)
    assert content == zipped(files, SLUG)
    assert read_upload([("kurk.zip", content)]) == as_bytes(files)


def test_single_files_and_the_long_ending_are_taken_too():
    found = read_upload([("agreement.yml", b"a: 1"), ("C:\\x\\framework-2.yaml", b"b: 1")])
    assert found == {"agreement.yaml": b"a: 1", "framework-2.yaml": b"b: 1"}


def test_what_systems_add_to_an_archive_is_left_out():
    members = {"x/agreement.yaml": "a: 1", "__MACOSX/x/._agreement.yaml": "junk", "x/.DS_Store": "junk"}
    assert list(read_upload([("x.zip", archive(members))])) == ["agreement.yaml"]


@pytest.mark.parametrize(
    "members",
    [
        {"../agreement.yaml": "a: 1"},
        {"/etc/agreement.yaml": "a: 1"},
        {"x\\..\\agreement.yaml": "a: 1"},
        {"C:agreement.yaml": "a: 1"},
        {"run.exe": "MZ"},
        {"agreement.yaml": "a: 1", "inner.zip": "PK"},
        {"agreement.yaml": "a: 1", "other/agreement.yaml": "a: 2"},
        {"pipeline.yaml": "a: 1"},
        {},
        {f"framework-{n}.yaml": "a: 1" for n in range(40)},
    ],
    ids=["up", "root", "backslash", "drive", "program", "nested", "twice", "not-ours", "empty", "many"],
)
def test_archives_that_lead_outside_or_hold_something_else_are_refused(members):
    with pytest.raises(DomainError):
        read_upload([("x.zip", archive(members))])


def test_a_small_archive_that_unpacks_to_much_is_refused_before_it_is_unpacked():
    with pytest.raises(DomainError):
        read_upload([("x.zip", archive({"agreement.yaml": b" " * (MOST_BYTES + 1)}))])
    dense = archive({"agreement.yaml": b" " * (2 * 1024 * 1024)})
    with pytest.raises(DomainError):
        read_upload([("x.zip", dense)])


def test_files_larger_than_a_package_are_refused():
    with pytest.raises(DomainError):
        read_upload([("agreement.yaml", b"#" * (MOST_BYTES + 1))])


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut off"])
def test_what_is_no_archive_is_refused_in_words(content):
    with pytest.raises(DomainError):
        read_upload([("x.zip", content)])
