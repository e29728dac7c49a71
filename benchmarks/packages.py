"""How long it takes to read and check all content packages from a cold start, and how that grows with their number.

Run on demand: `python benchmarks/packages.py`. Starts the console command as a newcomer does (interpreter, program and
all checks included) on the content folder, and on a copy that holds every agreement four times under other names.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CONTENT = Path(__file__).resolve().parents[1] / "content"
COPIES = 3


def checked(root: Path) -> tuple[float, float, int]:
    """Seconds on the clock and of processor time, and the number of files."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    command = [sys.executable, "-m", "ketenwijs.command", "check-content", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ})
    spent = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError(done.stdout[-500:] + done.stderr[-500:])
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, busy, len(list(root.rglob("*.yaml")))


def multiplied(target: Path) -> Path:
    """The content folder with each agreement copied under new names, as text."""
    shutil.copytree(CONTENT, target)
    for folder in sorted((CONTENT / "agreements").iterdir()):
        for number in range(COPIES):
            slug = f"{folder.name}-copy{number}"
            (target / "agreements" / slug).mkdir()
            for path in folder.glob("*.yaml"):
                text = path.read_text("utf-8").replace(f":{folder.name}", f":{slug}")
                text = text.replace(f"slug: {folder.name}\n", f"slug: {slug}\n")
                text = text.replace(f"agreement: {folder.name}\n", f"agreement: {slug}\n")
                (target / "agreements" / slug / path.name).write_text(text, "utf-8")
    return target


def main() -> None:
    """Measure both, print."""
    one, busy, files = checked(CONTENT)
    print(f"{files} files: {one:.1f} s on the clock, {busy:.1f} s of processor time (aim 5 s)")
    with tempfile.TemporaryDirectory(prefix="ketenwijs-bench-") as folder:
        many, many_busy, many_files = checked(multiplied(Path(folder) / "content"))
    print(
        f"{many_files} files: {many:.1f} s, {many_busy:.1f} s; {many_busy / busy:.1f} times for {many_files / files:.1f} times"
    )


if __name__ == "__main__":
    main()
