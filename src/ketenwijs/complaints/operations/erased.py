"""The list of erased cases: a file beside the database, added to and never shortened, that outlives any backup.

A backup of last month knows cases that were erased since. The list tells a restore which, and nothing else: a line is a
digest of the case's random identifier, which only who has the case can compare. Numbers would not do: after a restore of
an older backup a number can be given again.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from django.conf import settings

from ketenwijs.complaints.cases.models import Case
from ketenwijs.complaints.cases.services.erasing import erase
from ketenwijs.foundation.operations.manifest import Unusable

NAME = "erased-cases.txt"
LABEL = b"ketenwijs erased case 1\n"
LINE = re.compile(r"[0-9a-f]{64}")


def line_of(identifier: str) -> str:
    """What stands on the list for a case."""
    return hashlib.sha256(LABEL + identifier.encode()).hexdigest()


def path() -> Path:
    """Where this installation keeps its list."""
    return Path(settings.COMPLAINTS_DIR) / NAME


def listed() -> list[str]:
    """The lines of this installation's list, in their order."""
    return lines_in(path()) if path().exists() else []


def lines_in(file: Path) -> list[str]:
    """The lines of a list. Raises Unusable for a file that is not there or is no such list."""
    try:
        lines = file.read_text("ascii").split()
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(
            f"The list of erased cases {file} cannot be read. Take {NAME} of the last installation."
        ) from error
    if not all(LINE.fullmatch(line) for line in lines):
        raise Unusable(f"{file} is not a list of erased cases. Take {NAME} of the last installation.")
    return lines


def note(identifier: str) -> None:
    """Put a case on the list and wait until it is on the disk; twice is once. Raises OSError (disk full, read-only)."""
    _add([line_of(identifier)])


def take_over(lines: list[str]) -> int:
    """After a restore: add these lines to the list and erase every case that stands on it. Returns how many."""
    _add(lines)
    known = set(listed())
    back_again = [case for case in Case.objects.all() if line_of(case.identifier) in known]
    for case in back_again:
        erase(case)
    return len(back_again)


def _add(lines: list[str]) -> None:
    known = set(listed())
    new = [line for line in dict.fromkeys(lines) if line not in known]
    if not new:
        return
    number = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    with open(number, "a", encoding="ascii") as stream:
        stream.writelines(f"{line}\n" for line in new)
        stream.flush()
        os.fsync(stream.fileno())
    folder = os.open(path().parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)  # the file itself may be new
    finally:
        os.close(folder)
