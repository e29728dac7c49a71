"""Runs a check in a child process with little memory, little time and no right to write files.

Run as a module it is the child: kind of file as its word, content on its input, on its output a first line
`kept` or `refused <code>`, then the bytes to keep.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading

from ketenwijs.foundation.files.checks.every import checked
from ketenwijs.foundation.files.refusals import Refused

MEMORY = 768 * 1024 * 1024
SECONDS_OF_WORK = 20
SECONDS_IN_ALL = 40
# Two at a time in one web process: the limits above are per child.
_places = threading.BoundedSemaphore(2)


def checked_apart(content: bytes, code: str) -> bytes:
    """As `checked`, in a child process; one that dies, hangs or runs out of memory refuses the file and
    nothing else."""
    with _places:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter with fixed words
                [sys.executable, "-m", "ketenwijs.foundation.files.checks.limited", code],
                input=content,
                capture_output=True,
                timeout=SECONDS_IN_ALL,
                env=surroundings(),
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Refused("too_heavy") from error
    verdict, _line, kept = done.stdout.partition(b"\n")
    if done.returncode != 0 or not verdict:
        raise Refused("too_heavy")
    if verdict != b"kept":
        raise Refused(verdict.decode().removeprefix("refused "))
    return kept


def surroundings() -> dict[str, str]:
    """The child's environment: where our code lies, and none of the installation's secrets."""
    return {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PATH": os.defpath}


def limit_this_process() -> None:
    """From here on: bounded memory and processor time, no files written, no memory image left behind."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_OF_WORK, SECONDS_OF_WORK))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """The child's whole life."""
    limit_this_process()
    try:
        answer = b"kept\n" + checked(sys.stdin.buffer.read(), sys.argv[1])
    except Refused as refusal:
        answer = f"refused {refusal.code}\n".encode()
    except MemoryError:
        answer = b"refused too_heavy\n"
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
