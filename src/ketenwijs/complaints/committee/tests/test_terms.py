"""The mechanism per agreement and term: what is in force, and what the check of the content files refuses."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from django.conf import settings as installed
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from ketenwijs.complaints.committee import terms
from ketenwijs.complaints.committee.checking import mechanism_faults
from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.committee.terms import in_force, reception, term_mechanisms

TODAY = date(2026, 11, 23)
BODY = {
    "name": "Example line",
    "address": "https://line.example/",
    "telephone": "+31 00",
    "what": {"nl": "lijn", "fr": "ligne", "en": "line"},
    "handed_over": ["told", "files"],
}
NAMES = {"nl": "Afspraak", "fr": "Accord", "en": "Agreement"}


def forget():
    mechanism.cache_clear()
    term_mechanisms.cache_clear()


@pytest.fixture
def content(tmp_path, settings):
    """A content folder of its own with two invented agreements; gives what writes a term's file and the installation's."""
    shutil.copytree(Path(installed.CONTENT_DIR) / "complaints", tmp_path / "complaints")
    shutil.rmtree(tmp_path / "complaints" / "mechanisms")
    (tmp_path / "complaints" / "mechanisms").mkdir()
    for slug in ("slate", "sand"):
        (tmp_path / "agreements" / slug).mkdir(parents=True)
        (tmp_path / "agreements" / slug / "agreement.yaml").write_text("terms:\n  - {code: one}\n  - {code: two}\n")
    settings.CONTENT_DIR = tmp_path
    forget()
    content = Content(tmp_path / "complaints")
    content.installation(agreements=["slate"])
    yield content
    forget()


class Content:
    """Writes files as an operator would."""

    def __init__(self, folder):
        self.folder = folder

    def _write(self, name, data, without):
        kept = {key: value for key, value in data.items() if key not in without}
        (self.folder / name).write_text(yaml.safe_dump(kept, sort_keys=False, allow_unicode=True), "utf-8")
        forget()

    def installation(self, *, without=(), **changes):
        data = yaml.safe_load((self.folder / "mechanism.yaml").read_text("utf-8"))
        self._write("mechanism.yaml", {**data, **changes}, without)

    def term(self, name="slate-one", *, without=(), **changes):
        data = {
            "version": "1",
            "agreement": "slate",
            "term": "one",
            "agreement_name": NAMES,
            "outside": BODY,
            "kind": "both",
            "since": date(2020, 1, 1),
        }
        self._write(f"mechanisms/{name}.yaml", {**data, **changes}, without)

    def line_of(self, name, words):
        lines = (self.folder / name).read_text("utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if line.strip().startswith(words))


def only_fault():
    (fault,) = mechanism_faults()
    return fault


def test_the_installed_files_are_well_formed_and_the_flagships_second_term_has_both(capsys):
    forget()
    assert mechanism_faults() == []
    (held,) = in_force(TODAY)
    assert (held.kind, held.term, held.example) == ("both", "term-2", True)
    (before,) = in_force(date(2023, 1, 1))
    assert (before.kind, before.term, before.outside) == ("own", "term-1", None)
    call_command("check_content")
    assert "in force for" in capsys.readouterr().out


def test_a_term_without_a_file_gets_what_the_installation_says(content):
    content.installation(agreements=["slate"], kind="own")
    assert [held.code for held in in_force(TODAY)] == [terms.INSTALLATION]
    assert reception(today=TODAY).kind == "own"


def test_the_term_that_began_last_counts_and_not_one_that_is_still_to_come(content):
    content.term(kind="own")
    content.term("slate-two", term="two", kind="outside", since=date(2026, 11, 24))
    assert reception(today=TODAY).kind == "own"
    assert reception(today=date(2026, 11, 24)).kind == "outside"


def test_several_agreements_share_the_page_and_each_has_an_address_of_its_own(content):
    content.installation(agreements=["slate", "sand"])
    content.term(kind="own")
    content.term("sand-one", agreement="sand", kind="outside")
    assert mechanism_faults() == []
    assert reception(today=TODAY).kind == "both"
    assert reception("slate", TODAY).kind == "own"
    assert reception("sand", TODAY).kind == "outside"
    assert [held.outside.name for held in reception(today=TODAY).bodies] == ["Example line"]
    with pytest.raises(LookupError):
        reception("gravel", TODAY)


def test_a_body_that_takes_cases_of_two_agreements_is_shown_once(content):
    content.installation(agreements=["slate", "sand"])
    content.term()
    content.term("sand-one", agreement="sand")
    assert len(reception(today=TODAY).bodies) == 1


@pytest.mark.parametrize("kind", ["outside", "both"])
def test_an_outside_mechanism_without_its_name_and_address_is_refused(content, kind):
    content.term(kind=kind, without=["outside"])
    fault = only_fault()
    assert (fault.file, fault.line) == (
        "mechanisms/slate-one.yaml",
        content.line_of("mechanisms/slate-one.yaml", "kind:"),
    )
    assert fault.message == f"kind is {kind}, so `outside` must say which body that is"


def test_the_installation_may_not_name_an_outside_mechanism_without_saying_which(content):
    content.installation(without=["outside"])
    fault = only_fault()
    assert (fault.file, fault.line) == ("mechanism.yaml", content.line_of("mechanism.yaml", "kind:"))


def test_an_own_committee_without_seats_is_refused(content):
    content.installation(kind="own", without=["seats"])
    fault = only_fault()
    assert (fault.file, fault.line) == ("mechanism.yaml", content.line_of("mechanism.yaml", "kind:"))
    assert "`seats`" in fault.message


def test_a_term_with_an_own_committee_is_refused_where_the_installation_has_no_seats(content):
    content.installation(kind="outside", without=["seats", "first_readers", "first_readers_without_chair"])
    content.term(kind="outside")
    assert mechanism_faults() == []
    content.term(kind="own")
    fault = only_fault()
    assert (fault.file, fault.line) == (
        "mechanisms/slate-one.yaml",
        content.line_of("mechanisms/slate-one.yaml", "kind:"),
    )


def test_two_mechanisms_for_one_term_are_refused(content):
    content.term()
    content.term("slate-one-again")
    fault = only_fault()
    assert (fault.file, fault.line) == (
        "mechanisms/slate-one.yaml",
        content.line_of("mechanisms/slate-one.yaml", "term:"),
    )
    assert "mechanisms/slate-one-again.yaml says already" in fault.message
    with pytest.raises(ImproperlyConfigured, match="slate/one"):
        term_mechanisms()


def test_an_agreement_that_the_content_does_not_know_is_refused(content):
    content.installation(agreements=["slate", "gravel"])
    content.term("gravel-one", agreement="gravel")
    first, second = mechanism_faults()
    assert (first.file, first.path) == ("mechanism.yaml", "agreements[1]")
    assert (second.line, second.path) == (content.line_of("mechanisms/gravel-one.yaml", "agreement:"), "agreement")
    assert "no agreement gravel" in second.message


def test_a_term_that_the_agreement_does_not_have_is_refused(content):
    content.term(term="three")
    fault = only_fault()
    assert fault.line == content.line_of("mechanisms/slate-one.yaml", "term:")
    assert "no term three; it has one, two" in fault.message


def test_a_file_for_an_agreement_that_is_not_served_here_is_refused(content):
    content.term("sand-one", agreement="sand")
    assert "add sand to `agreements`" in only_fault().message


@pytest.mark.parametrize("address", ["http://line.example/", "ftp://line.example/", "line.example"])
def test_an_address_that_is_not_https_is_refused(content, address):
    content.term(outside={**BODY, "address": address})
    fault = only_fault()
    assert fault.line == content.line_of("mechanisms/slate-one.yaml", "address:")
    assert fault.path == "outside.address"


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_a_missing_language_is_refused(content, language):
    content.term(outside={**BODY, "what": {key: text for key, text in BODY["what"].items() if key != language}})
    fault = only_fault()
    assert fault.code == "translation"
    assert f"the text in {language} is missing" in str(fault)


@pytest.mark.parametrize(("field", "value"), [("handed_over", ["diary"]), ("handed_over", []), ("recipient", "age1no")])
def test_things_nobody_can_hand_over_and_keys_that_are_none_are_refused(content, field, value):
    content.term(outside={**BODY, field: value})
    assert f"outside.{field}" in str(mechanism_faults()[0])


def test_the_command_refuses_with_file_line_and_sentence(content):
    content.term(term="three")
    with pytest.raises(CommandError) as refused:
        call_command("check_content")
    assert re.match(r"mechanisms/slate-one\.yaml:\d+: term: .+", str(refused.value))


def test_without_the_agreements_files_their_names_are_not_checked_and_the_command_says_so(content, capsys):
    shutil.rmtree(content.folder.parent / "agreements")
    content.term(term="three")
    call_command("check_content")
    assert "were not checked" in capsys.readouterr().out
