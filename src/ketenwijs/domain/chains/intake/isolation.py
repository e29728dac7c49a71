"""Reads a sheet in a child process with bounded memory, time and access."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .limits import Limits
from .model import ColumnMapping, Reading, UnreadableSheet
from .plain import from_plain, table_from_plain

_MODULE = f"{__package__}.child"
_SOURCE = Path(__file__).resolve().parents[len((__package__ or "").split("."))]
_WAIT_LONGER = 10
"""Seconds of waiting on top of processor time, for a machine that is busy."""


def read_in_child(
    source: Path | bytes,
    name: str | None = None,
    *,
    vocabulary_directory: Path,
    mapping: ColumnMapping | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen, holds numbers only
) -> Reading:
    """The same as `read_sheet` for a file (or its bytes) from outside; `name` defaults to that of the file.

    `vocabulary_directory` holds the word lists (content/reference). Raises UnreadableSheet; a child that dies
    or takes too long gives the code `too_heavy`.
    """
    if isinstance(source, Path):
        if source.stat().st_size > limits.file_size:
            raise UnreadableSheet("too_large", {"found": source.stat().st_size, "allowed": limits.file_size})
        name, data = name or source.name, source.read_bytes()
    else:
        data = source
    task = {
        "name": name or "",
        "vocabulary_directory": str(Path(vocabulary_directory).resolve()),
        "mapping": [[sheet, column, field] for (sheet, column), field in (mapping or {}).items()],
        "limits": asdict(limits),
    }
    return _result(_run(json.dumps(task).encode() + b"\n" + data, limits))


def _run(message: bytes, limits: Limits) -> bytes:
    """The environment holds only the way to the code: no settings, keys or addresses reach the child."""
    try:
        finished = subprocess.run(  # noqa: S603 - fixed program, the file goes in through the pipe
            [sys.executable, "-P", "-m", _MODULE],
            input=message,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(_SOURCE), "PYTHONUTF8": "1", "PATH": os.defpath},
            cwd="/",
            timeout=limits.child_seconds + _WAIT_LONGER,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableSheet("too_heavy", {"what": "time"}) from error
    if finished.returncode != 0:
        raise UnreadableSheet("too_heavy", {"what": "process", "ended_with": finished.returncode})
    return finished.stdout


def _result(answer: bytes) -> Reading:
    try:
        plain: dict[str, Any] = json.loads(answer)
    except ValueError as error:
        raise UnreadableSheet("too_heavy", {"what": "answer"}) from error
    if "refused" in plain:
        tables = [table_from_plain(table) for table in plain["tables"]]
        raise UnreadableSheet(plain["refused"], plain["params"], tables=tables)
    return from_plain(plain)
