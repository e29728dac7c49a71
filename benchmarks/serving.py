"""How long the served demonstration takes to its first answer, and how much memory all its processes share out.

Run on demand: `python benchmarks/serving.py`. Fills its own demonstration world in a throw-away folder, starts it as
`make demo` does, and adds up the proportional set sizes (shared pages counted once) after some pages and a PDF.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

COMMAND = [sys.executable, "-m", "ketenwijs.command", "demo"]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def answer(address: str) -> bytes:
    """The body behind an address; empty while nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=5) as response:
            return bytes(response.read())
    except OSError:
        return b""


def family_of(pid: int) -> list[int]:
    """A process and everything it started."""
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in below for one in family_of(int(child)))]


def proportional_mb(pid: int) -> float:
    """What a process uses, shared pages divided among those that share them, in megabytes."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def main() -> None:
    """Fill, start, look, print."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="ketenwijs-bench-") as folder:
        place = {**os.environ, "DATA_DIR": folder}
        subprocess.run(COMMAND, env=place, check=True, stdout=subprocess.DEVNULL)
        started = time.monotonic()
        served = subprocess.Popen([*COMMAND, "--serve", "--port", str(port)], env=place, stderr=subprocess.DEVNULL)
        try:
            while not answer(f"http://127.0.0.1:{port}/health"):
                time.sleep(0.05)
            print(f"start to first answer: {time.monotonic() - started:.1f} s")
            for _round in range(40):
                answer(f"http://127.0.0.1:{port}/")
            sizes = [proportional_mb(one) for one in family_of(served.pid)]
            print(f"memory of all {len(sizes)} processes: {sum(sizes):.0f} MB")
        finally:
            served.terminate()
            served.wait()


if __name__ == "__main__":
    main()
