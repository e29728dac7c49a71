"""One bad file per check, saying at its top where which fault is expected; and faults across files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ketenwijs.foundation.content.checking import check_directory, check_texts
from ketenwijs.foundation.content.faults import Fault
from ketenwijs.foundation.content.kinds import ContentKind, register_kind
from ketenwijs.foundation.content.tests.factories import RecipeFile, as_text, checked, recipe, words

BAD = Path(__file__).parent / "bad"
EXPECTED = re.compile(r"^# expect: (\d+) (\w+)(?: (\S+))?$", re.MULTILINE)


def files():
    return [pytest.param(path, id=path.stem) for path in sorted(BAD.glob("*.yaml"))]


def faults_of(path):
    return check_texts({f"recipes/{path.name}": path.read_text("utf-8")}).faults


@pytest.mark.parametrize("path", files())
def test_each_bad_file_fails_with_the_expected_check_line_and_path(path):
    wanted = [(int(line), code, place) for line, code, place in EXPECTED.findall(path.read_text("utf-8"))]
    found = [(fault.line, fault.code, fault.path) for fault in faults_of(path)]
    assert found == wanted


def test_ten_faults_of_one_file_are_all_reported_at_once():
    assert len(faults_of(BAD / "ten_faults.yaml")) == 10


def test_a_fault_reads_as_file_line_path_and_sentence():
    fault = Fault("recipes/a.yaml", 4, "name.fr", "translation", "the text in fr is missing")
    assert str(fault) == "recipes/a.yaml:4: name.fr: the text in fr is missing"
    assert str(Fault("recipes/a.yaml", 1, "", "empty", "the file is empty")) == "recipes/a.yaml:1: the file is empty"


def test_a_file_that_no_app_knows_is_a_fault():
    (fault,) = check_texts({"recipe/bread.yaml": as_text(recipe())}).faults
    assert (fault.file, fault.code) == ("recipe/bread.yaml", "unknown_file")


def test_two_files_with_one_identifier_and_version_are_a_fault_in_the_second():
    result = checked(recipe(), recipe(version="2"), recipe(name=words("cake")))
    (fault,) = result.faults
    assert (fault.file, fault.line, fault.code) == ("recipes/2.yaml", 1, "duplicate_identifier")
    assert "recipes/0.yaml" in fault.message


def test_a_file_with_the_wrong_shape_does_not_hide_the_faults_of_others():
    result = checked(recipe(name="bread"), recipe(identifier="recipe:cake", steps=[]), recipe(version=None))
    assert [fault.file for fault in result.faults] == ["recipes/0.yaml", "recipes/2.yaml"]
    assert [loaded.identifier for loaded in result.loaded] == ["recipe:cake"]


def test_a_folder_is_checked_with_all_its_folders(tmp_path):
    (tmp_path / "recipes").mkdir()
    (tmp_path / "recipes" / "bread.yaml").write_text(as_text(recipe()), "utf-8")
    (tmp_path / "tools.yaml").write_text(as_text({"tools": {"oven": {"nl": "oven", "fr": "four"}}}), "utf-8")
    (tmp_path / "readme.txt").write_text("not content", "utf-8")
    result = check_directory(tmp_path)
    assert [str(fault) for fault in result.faults] == ["tools.yaml:2: tools.oven.en: the text in en is missing"]
    assert [loaded.kind for loaded in result.loaded] == ["recipe"]


def test_a_file_that_is_not_in_utf_8_is_a_fault(tmp_path):
    (tmp_path / "tools.yaml").write_bytes("tools: {four: {nl: oven, fr: four à pain, en: oven}}".encode("latin-1"))
    (fault,) = check_directory(tmp_path).faults
    assert (fault.file, fault.code) == ("tools.yaml", "encoding")


def test_a_kind_registered_twice_stops_the_start():
    with pytest.raises(ValueError, match="recipe is registered twice"):
        register_kind(ContentKind("recipe", "elsewhere/*.yaml", RecipeFile))
