"""Writes register.csv, new.csv and truth.csv of the labelled set unseen-3 from rows.txt, which is all by hand."""

import csv
from pathlib import Path

HERE = Path(__file__).parent
COLUMNS = ["name", "address", "place", "region", "country", "lat", "lon", "identifiers"]


def fields(text: str) -> list[str]:
    """The fields of one written row, filled up with empty ones."""
    found = [part.strip() for part in text.split("|")]
    return found + [""] * (len(COLUMNS) - len(found))


def write(name: str, columns: list[str], rows: list[list[str]]) -> None:
    """Write one CSV file beside this program."""
    with (HERE / name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([columns, *rows])


def main() -> None:
    """Read the written rows and write the three files, in an order that says nothing."""
    register, new, truth = [], [], []
    lines = (HERE / "rows.txt").read_text(encoding="utf-8").splitlines()
    for at, line in enumerate(line for line in lines if line.strip() and not line.startswith("#")):
        left, _, right = line.partition("=> ") if "=>" in line else line.partition(" =")
        right = right.removesuffix("=>").strip().removesuffix("=>").strip()
        if left.strip():
            register.append([f"U{at:03d}", *fields(left)])
        if right:
            new.append([f"V{(at * 37) % 997:03d}", *fields(right)])
            if left.strip():
                truth.append([new[-1][0], register[-1][0]])
    write("register.csv", ["id", *COLUMNS], register)
    write("new.csv", ["id", *COLUMNS], sorted(new))
    write("truth.csv", ["new_id", "register_id"], sorted(truth))


if __name__ == "__main__":
    main()
