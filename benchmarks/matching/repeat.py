"""Repeats all measurements of README.md: `python benchmarks/matching/repeat.py WORK_FOLDER [--restaurants FOLDER]`.

Makes the sets, then measures quality, rivals and speed, one after the other. Takes about an hour on two cores, most of it
the rivals; `--quick` leaves out the rivals and the million.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
MADE = {
    "gen-10k": ("--sites", "10000", "--seed", "101"),
    "gen-100k": ("--sites", "100000", "--seed", "102"),
    "gen-1m": ("--sites", "1000000", "--seed", "103"),
    "gen-complete": ("--sites", "100000", "--shape", "complete", "--hard", "0.6", "--seed", "104"),
    "gen-complete-10k": ("--sites", "10000", "--shape", "complete", "--hard", "0.6", "--seed", "107"),
    "gen-complete-1m": ("--sites", "1000000", "--shape", "complete", "--hard", "0.6", "--seed", "108"),
    "gen-wide": ("--sites", "10000", "--kind", "wide", "--seed", "109"),
    "gen-no-numbers": ("--sites", "100000", "--shape", "no-numbers", "--hard", "0.6", "--seed", "105"),
    "gen-name-address-place": ("--sites", "100000", "--shape", "name-address-place", "--hard", "0.6", "--seed", "106"),
}


def step(script: str, *words: str | Path) -> None:
    """One script, with its output."""
    print(f"\n== {script} {' '.join(map(str, words))}", flush=True)
    subprocess.run([sys.executable, str(HERE / script), *map(str, words)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--restaurants", type=Path)
    parser.add_argument("--python", default=sys.executable, help="the project's own Python, for speed")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    folder: Path = options.folder
    step("public_sets.py", folder, *(("--restaurants", options.restaurants) if options.restaurants else ()))
    made = {name: words for name, words in MADE.items() if not (options.quick and name.endswith("1m"))}
    for name, words in made.items():
        if not (folder / name / "truth.csv").exists():
            step("generate.py", folder / name, *words)
    public = sorted(path for path in folder.iterdir() if path.name.startswith(("febrl", "fodors", "zagats")))
    unseen = sorted(path for path in (HERE / "sets").iterdir() if (path / "truth.csv").exists())
    step("measure.py", *public, "--half", "odd")
    step("measure.py", *(folder / name for name in made if not name.endswith("1m")), *unseen)
    if not options.quick:
        step("compete.py", *public, *unseen, folder / "gen-10k", folder / "gen-100k")
    for name in made:
        if name.endswith(("100k", "1m", "complete")):
            step("speed.py", folder / name, "--python", options.python)


if __name__ == "__main__":
    main()
