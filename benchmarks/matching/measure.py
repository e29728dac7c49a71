"""Measures the matcher on labelled sets: `python benchmarks/matching/measure.py FOLDER… [--half odd]`.

Prints precision, recall and F1 at the probability of a link (0.5), precision and share of what is linked without a
person, how honest the probabilities are, and the time. A folder holds register.csv, new.csv and truth.csv.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from sets import LabelledSet, matcher_for, quality, read_set

from ketenwijs.domain.chains.matching.linking import CERTAIN, LINKED
from ketenwijs.domain.chains.matching.scoring import Model, read_model


def measure(one: LabelledSet, model: Model | None, misses: int) -> dict[str, float]:
    """All figures of one set."""
    start = time.perf_counter()
    matcher = matcher_for(one.register, model)
    built = time.perf_counter()
    proposals = list(matcher.match(one.new, most=3, least=0.001))
    matched = time.perf_counter()
    best = [found[0] for found in proposals if found]
    linked = {(pair.new.id, pair.register.id) for pair in best if pair.probability >= LINKED}
    certain = {(pair.new.id, pair.register.id) for pair in best if pair.probability >= CERTAIN}
    precision, recall, f1 = quality(linked, one.truth)
    right = len(certain & one.truth) / len(certain) if certain else 1.0
    # Expected calibration error over all proposals: mean distance of said and seen, in ten steps.
    seen = [(pair.probability, (pair.new.id, pair.register.id) in one.truth) for found in proposals for pair in found]
    error = 0.0
    for step in range(10):
        inside = [(said, was) for said, was in seen if step / 10 <= said < (step + 1) / 10 + (step == 9)]
        error += abs(sum(said - was for said, was in inside)) / max(len(seen), 1)
    if misses:
        show(one, linked, misses)
    return {
        "register": len(one.register), "new": len(one.new), "precision": precision, "recall": recall, "f1": f1,
        "certain precision": right, "certain share": len(certain & one.truth) / max(len(one.truth), 1),
        "calibration error": error, "index s": built - start, "match s": matched - built,
    }  # fmt: skip


def show(one: LabelledSet, linked: set[tuple[str, str]], most: int) -> None:
    """Some errors of both kinds."""
    register, new = {row.id: row for row in one.register}, {row.id: row for row in one.new}
    for label, pairs in (("wrong", linked - one.truth), ("missed", one.truth - linked)):
        for a, b in sorted(pairs)[:most]:
            print(f"  {label}: {new[a]}\n         {register.get(b)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--half", choices=("odd", "even", "all"), default="all")
    parser.add_argument("--model", type=Path, default=None)
    parser.add_argument("--misses", type=int, default=0, help="show so many errors of each kind")
    options = parser.parse_args()
    model = read_model(options.model) if options.model else None
    for index, folder in enumerate(options.folders):
        figures = measure(read_set(folder).half(options.half), model, options.misses)
        if index == 0:
            print("set".ljust(26), " ".join(name.rjust(11) for name in figures))
        cells = (f"{value:.0f}" if name in ("register", "new") else f"{value:.4f}" for name, value in figures.items())
        print(
            folder.name.ljust(26),
            " ".join(cell.rjust(max(len(name), 11)) for cell, name in zip(cells, figures, strict=True)),
            flush=True,
        )


if __name__ == "__main__":
    main()
