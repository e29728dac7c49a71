"""Measures time and memory: `python benchmarks/matching/speed.py SET_FOLDER [--python PYTHON_OF_THE_PROJECT]`.

Cold is the whole command in a fresh process (start, reading, index, matching, writing); kept is the command with an
index in a file; warm is matching in a process that has the index; then adding sites one by one.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sets import ROOT, LabelledSet, matcher_for, quality, read_set

from ketenwijs.domain.chains.matching.linking import CERTAIN


def command(python: str, folder: Path, out: Path, *more: str) -> tuple[float, float, float]:
    """Seconds on the clock, seconds of processor, and peak memory in MB (the largest process) of one command."""
    words = [
        python,
        "-m",
        "ketenwijs.command",
        "match-sites",
        str(folder / "register.csv"),
        str(folder / "new.csv"),
        "--out",
        str(out),
        *more,
    ]
    start = time.perf_counter()
    child = subprocess.Popen(words, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"The command ended with code {child.returncode}.")
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def warm(one: LabelledSet) -> None:
    """Matching with the index at hand, and adding."""
    matcher = matcher_for(one.register)
    runs = []
    for _ in range(4):
        clock, processor = time.perf_counter(), time.process_time()
        found = list(matcher.match(one.new, most=1, least=0.5))
        runs.append((time.perf_counter() - clock, time.process_time() - processor))
    print(f"warm: {min(runs)[0]:.2f} s ({min(runs)[1]:.2f} s of processor) for {len(one.new)} rows")
    best = [pairs[0] for pairs in found if pairs]
    precision, recall, f1 = quality({(pair.new.id, pair.register.id) for pair in best}, one.truth)
    certain = {(pair.new.id, pair.register.id) for pair in best if pair.probability >= CERTAIN}
    alone = len(certain & one.truth) / max(len(certain), 1)
    print(
        f"precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}; without a person: {len(certain)} links, precision {alone:.4f}"
    )
    start = time.perf_counter()
    for row in one.new[:200]:
        matcher.index.add([row._replace(id=f"added-{row.id}")])
    print(f"adding a site: {(time.perf_counter() - start) / min(len(one.new), 200) * 1000:.1f} ms each")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--python", default=sys.executable, help="the project's own Python, which has Django")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        out, kept = Path(made) / "pairs.csv", Path(made) / "index.npz"
        for label, more in (
            ("cold", ()),
            ("cold, keeping the index", ("--index", str(kept))),
            ("kept index", ("--index", str(kept))),
        ):
            clock, processor, memory = command(options.python, options.folder, out, *more)
            print(f"{label}: {clock:.1f} s ({processor:.1f} s of processor), {memory:.0f} MB", flush=True)
    warm(read_set(options.folder))


if __name__ == "__main__":
    main()
