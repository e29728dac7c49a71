"""The command `match-sites`: two files in, one file out, and a clear sentence for what it cannot read."""

from __future__ import annotations

import csv
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from ketenwijs.domain.chains.matching.sharding import part_of

from .matching_lists import write_csv

REGISTER = [
    {
        "id": "A1",
        "name": "Lakshmi Granites Pvt Ltd",
        "address": "Plot 14 RIICO",
        "place": "Udaipur",
        "country": "India",
    },
    {"id": "A2", "name": "厦门市华辉石材有限公司", "place": "厦门", "country": "CN"},
    {
        "id": "A3",
        "name": "Carrières Peeters SA",
        "address": "7 rue de la Gare",
        "place": "Soignies",
        "country": "Belgique",
    },
]
NEW = [
    {"id": "n1", "name": "Laxmi Granite", "address": "Plot No. 14, RIICO", "place": "Udaypur", "country": "IN"},
    {"id": "n2", "name": "Peeters Quarries", "address": "rue de la Gare 7", "place": "Zinnik", "country": "BE"},
    {"id": "n3", "name": "Somebody Else", "address": "1 High Street", "place": "Leeds", "country": "GB"},
]


def run(tmp_path, *more, register=None, new=None):
    register = register or write_csv(tmp_path / "register.csv", REGISTER)
    new = new or write_csv(tmp_path / "new.csv", NEW)
    said = StringIO()
    call_command("match_sites", str(register), str(new), "--out", str(tmp_path / "pairs.csv"), *more, stdout=said)
    with (tmp_path / "pairs.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream)), said.getvalue()


def test_pairs_with_probability_and_explanation_are_written(tmp_path):
    pairs, said = run(tmp_path)
    assert [(pair["new_id"], pair["register_id"]) for pair in pairs] == [("n1", "A1"), ("n2", "A3")]
    assert all(0.5 <= float(pair["probability"]) <= 1 for pair in pairs)
    assert "name" in pairs[0]["explanation"]
    assert "3 new rows against 3 sites: 2 linked" in said


def test_more_proposals_come_best_first(tmp_path):
    register = write_csv(
        tmp_path / "register.csv", [*REGISTER, {**REGISTER[0], "id": "A4", "address": "Plot 15 RIICO"}]
    )
    pairs, _ = run(tmp_path, "--proposals", "3", "--least", "0", register=register)
    of_first = [float(pair["probability"]) for pair in pairs if pair["new_id"] == "n1"]
    assert len(of_first) > 1
    assert of_first == sorted(of_first, reverse=True)


def test_a_kept_index_is_used_again_completed_and_replaced_when_the_register_changed(tmp_path):
    kept = ("--index", str(tmp_path / "kept.npz"))
    first, _ = run(tmp_path, *kept)
    assert run(tmp_path, *kept)[0] == first
    longer = write_csv(tmp_path / "longer.csv", [*REGISTER, {**NEW[2], "id": "A4"}])
    assert ("n3", "A4") in {(pair["new_id"], pair["register_id"]) for pair in run(tmp_path, *kept, register=longer)[0]}
    shorter = write_csv(tmp_path / "shorter.csv", REGISTER[:1])
    assert {pair["register_id"] for pair in run(tmp_path, *kept, register=shorter)[0]} == {"A1"}
    (tmp_path / "kept.npz").write_bytes(b"damaged")
    assert run(tmp_path, *kept)[0] == first


def test_only_id_and_name_are_needed_and_other_separators_are_read(tmp_path):
    register = tmp_path / "r.csv"
    register.write_bytes(
        "\ufeffID;Name;extra\r\nA1;Öztürk Mermer San. ve Tic. A.Ş.;x\r\nA2;Yıldız Granit;\r\n".encode()
    )
    new = tmp_path / "n.csv"
    new.write_text("id\tname\nn1\tOzturk Mermer\n", encoding="utf-8")
    pairs, _ = run(tmp_path, "--least", "0", register=register, new=new)
    assert pairs[0]["register_id"] == "A1"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "has no column id and no column name"),
        (b"number,title\n1,x\n", "has no column id and no column name"),
        (b"id,place\n1,x\n", "has no column name"),
        (b"id,name,name\n1,x,y\n", "has the column name more than once"),
        (b"id,name\n,x\n", "Row 2 of new.csv has no id"),
        (b"id,name\n1,x\n1,y\n", "Row 3 of new.csv has the id '1', which another row has too"),
        ("id,name\n1,Müller\n".encode("latin-1"), "is not in UTF-8"),
        ("id,name\n1,x\n".encode("utf-16"), "is not in UTF-8"),
        (b'id,name\n1,"' + b"x" * 1_100_000 + b'"\n', "A cell may be too long"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_with_what_to_do(tmp_path, content, sentence):
    (tmp_path / "new.csv").write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        run(tmp_path, new=tmp_path / "new.csv")
    assert not (tmp_path / "pairs.csv").exists()
    assert not (tmp_path / "pairs.csv.part").exists()


def test_a_missing_file_folder_or_wrong_number_is_refused(tmp_path):
    with pytest.raises(CommandError, match="There is no file absent.csv"):
        run(tmp_path, register=tmp_path / "absent.csv")
    with pytest.raises(CommandError, match="between 0 and 1"):
        run(tmp_path, "--least", "2")
    with pytest.raises(CommandError, match="does not exist"):
        call_command("match_sites", "a.csv", "b.csv", "--out", str(tmp_path / "no" / "pairs.csv"))


def test_hostile_cells_do_no_harm(tmp_path):
    hostile = [
        {
            "id": "=1+2",
            "name": '=HYPERLINK("http://example.org","x") Granite',
            "place": "@SUM(A1)",
            "lat": "1e999",
            "lon": "x",
        },
        {"id": "h2", "name": "A" * 300_000, "address": "\x00\x1f\u2028\n" * 50, "identifiers": ";" * 5_000},
        {
            "id": "h3",
            "name": "\u202egnp.exe \u200b",
            "place": "\u0301" * 1000,
            "country": "💥",
            "lat": "91",
            "lon": "181",
        },
        {"id": "-5", "name": "Lakshmi Granites", "place": "Udaipur", "lat": "nan", "lon": "inf"},
        {"id": "h4", "name": "", "place": ""},
    ]
    register = write_csv(tmp_path / "register.csv", [*REGISTER, *hostile])
    pairs, _ = run(tmp_path, "--least", "0", register=register, new=write_csv(tmp_path / "new.csv", hostile))
    cells = [cell for pair in pairs for cell in pair.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    assert {pair["new_id"] for pair in pairs} >= {"'=1+2", "-5"}
    assert max(map(len, cells)) < 2_000


def test_django_starts_without_the_libraries_of_matching():
    code = (
        "import sys, django; django.setup(); import ketenwijs.domain.chains.management.commands.match_sites;"
        "print([name for name in ('numpy', 'scipy', 'sparse_dot_topn') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().splitlines()[-1] == "[]"


def test_a_register_in_parts_gives_the_same_pairs(tmp_path):
    whole, _said = run(tmp_path, "--least", "0.3")
    divided, said = run(tmp_path, "--least", "0.3", "--parts", "2")
    assert [(one["new_id"], one["register_id"]) for one in divided] == [
        (one["new_id"], one["register_id"]) for one in whole
    ]
    assert all(one["explanation"] for one in divided)
    assert said.startswith("3 new rows against 3 sites")


def test_more_parts_than_sites_is_no_problem(tmp_path):
    pairs, _said = run(tmp_path, "--parts", "9")
    assert {one["new_id"] for one in pairs} >= {"n1"}


@pytest.mark.parametrize(
    "words", [("--parts", "0"), ("--parts", "2", "--index", "kept"), ("--spark", "local", "--index", "k")]
)
def test_what_cannot_go_together_is_refused(tmp_path, words):
    with pytest.raises(CommandError, match="--parts must be 1 or more"):
        run(tmp_path, *words)


def test_without_the_extra_spark_is_refused_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(CommandError, match="Install the extra"):
        run(tmp_path, "--spark", "local[2]", "--parts", "2")
    assert not (tmp_path / "pairs.csv").exists()


def test_a_site_is_always_in_the_same_part_and_parts_are_about_alike():
    sizes = [0] * 4
    for number in range(4000):
        sizes[part_of(f"site-{number}", 4)] += 1
    assert min(sizes) > 850 and part_of("site-1", 4) == part_of("site-1", 4)
