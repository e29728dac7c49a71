"""The bundled tables of sources are checked with all other content: columns, rows and what each row says."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from ketenwijs.domain.risks.evidence import evidence_for
from ketenwijs.domain.risks.sources import COLUMNS, FOLDER
from ketenwijs.foundation.content.checking import check_directory
from ketenwijs.foundation.content.tables import check_table

NAME = f"{FOLDER}/ilo-ratifications.csv"
HEAD = ",".join(COLUMNS["ilo-ratifications"])
RIGHT = "IN,C138,yes,2017,ILO,https://example.org,2024-01-01,A"


def found(*rows, head=HEAD, name=NAME):
    return [(fault.line, fault.path, fault.code) for fault in check_table("\n".join([head, *rows]) + "\n", name)]


def test_the_bundled_tables_have_no_fault():
    folder = Path(settings.CONTENT_DIR)
    for name in COLUMNS:
        file = f"{FOLDER}/{name}.csv"
        assert [str(fault) for fault in check_table((folder / file).read_text("utf-8"), file)] == []


def test_a_right_row_has_no_fault():
    assert found(RIGHT) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("IN,", "QQ,", (2, "country", "unknown_country")),
        (",A", ",Z", (2, "certainty", "certainty")),
        ("https://example.org", "javascript:1", (2, "link", "link")),
        ("ILO", "", (2, "source", "source")),
        (",yes,", ",maybe,", (2, "ratified", "value")),
        (",A", "", (2, "", "cells")),
        (",A", ",A,more", (2, "", "cells")),
        ("ILO", '"ILO', (2, "", "csv")),
    ],
)
def test_each_fault_is_told_with_its_line_and_column(old, new, fault):
    assert found(RIGHT.replace(old, new, 1)) == [fault]


def test_all_faults_of_all_rows_are_told_at_once():
    assert len(found(RIGHT.replace("IN", "QQ"), RIGHT, RIGHT.replace("yes", "x"))) == 2


def test_other_columns_and_unknown_tables_are_refused():
    assert found(RIGHT, head="country,what") == [(1, "", "columns")]
    assert found(RIGHT, name="reference/other.csv") == [(1, "", "unknown_file")]
    assert found(head="") == [(1, "", "columns")]


def test_the_check_of_a_folder_takes_them_along(tmp_path):
    shutil.copytree(Path(settings.CONTENT_DIR) / "reference", tmp_path / "reference")
    table = tmp_path / NAME
    table.write_text(table.read_text("utf-8") + "QQ,C138,yes,2017,ILO,https://example.org,2024-01-01,A\n", "utf-8")
    (tmp_path / FOLDER / "ilab-goods.csv").write_bytes(b"\xff\xfe")
    codes = {(fault.file, fault.code) for fault in check_directory(tmp_path).faults}
    assert codes == {(NAME, "unknown_country"), (f"{FOLDER}/ilab-goods.csv", "encoding")}


def test_conventions_and_figures_are_told_in_the_readers_language_and_no_code_shows():
    for language, ratified in (("nl", "geratificeerd"), ("fr", "ratifiée"), ("en", "ratified")):
        with override(language):
            told = [
                str(one.text)
                for theme in ("child_labour", "forced_labour", "water", "climate")
                for one in evidence_for("IN", "granite", "quarrying", theme)
                if one.is_in_own_words
            ]
        assert any(text.endswith(ratified) for text in told)
        assert not [text for text in told if "_" in text or "ilab" in text]
