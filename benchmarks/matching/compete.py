"""Measures the matcher and its rivals on the same sets in one run: `python benchmarks/matching/compete.py FOLDER…`.

Each set's odd half of new rows is measured; the even half of the truth is for rivals that learn from examples. Every
way runs in a process of its own, so that time and peak memory are its own. A rival that takes more than ten minutes
or 8 GB is given up, which the table says.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from sets import Pairs, matcher_for, quality, read_set

from ketenwijs.domain.chains.matching.linking import LINKED

OURS = "Ketenwijs"
PATIENCE = 600
MEMORY = 8_000_000_000


def ours(folder: Path) -> Pairs:
    """Our links of a set's odd half."""
    one = read_set(folder).half("odd")
    found = matcher_for(one.register).match(one.new, most=1, least=LINKED)
    return {(pairs[0].new.id, pairs[0].register.id) for pairs in found if pairs}


def run(way: str, folder: Path) -> dict[str, float]:
    """One way on one set, in this process."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    start = time.perf_counter()
    if way == OURS:
        found = ours(folder)
    else:
        from rivals import RIVALS

        whole = read_set(folder)
        found = RIVALS[way](whole.half("odd"), whole.half("even"))
    seconds = time.perf_counter() - start
    precision, recall, f1 = quality(found, read_set(folder).half("odd").truth)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"precision": precision, "recall": recall, "f1": f1, "seconds": seconds, "MB": peak}


def measured(way: str, folder: Path) -> dict[str, float | str]:
    """Its figures from a process of its own, or why there are none."""
    command = [sys.executable, str(Path(__file__).resolve()), str(folder), "--one", way]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return {"fault": f"not done after {PATIENCE} s"}
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        last = done.stderr.strip().splitlines()[-1:] or [f"ended with code {done.returncode}"]
        return {"fault": last[0][:200]}
    figures: dict[str, float | str] = json.loads(lines[-1])
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--ways", default="", help="only these, with commas")
    parser.add_argument("--json", type=Path, help="also write all figures here")
    parser.add_argument("--one", help="measure this way here, print its figures as JSON")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(run(options.one, options.folders[0])))
        return
    ways = [OURS, "Splink", "recordlinkage", "dedupe", "TF-IDF + RapidFuzz"]
    if options.ways:
        ways = [way for way in ways if way in options.ways.split(",")]
    kept = []
    print("| set | way | precision | recall | F1 | seconds | MB |\n|---|---|---|---|---|---|---|")
    for folder in options.folders:
        for way in ways:
            figures = measured(way, folder)
            kept.append({"set": folder.name, "way": way, **figures})
            if "fault" in figures:
                print(f"| {folder.name} | {way} | {figures['fault']} | | | | |", flush=True)
            else:
                cells = [f"{figures[name]:.4f}" for name in ("precision", "recall", "f1")]
                print(
                    f"| {folder.name} | {way} | {' | '.join(cells)} | {figures['seconds']:.1f} | {figures['MB']:.0f} |",
                    flush=True,
                )
    if options.json:
        options.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
