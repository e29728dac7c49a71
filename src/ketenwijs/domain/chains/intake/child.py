"""The limited process behind `read_in_child`: bounds itself, reads one sheet, answers in JSON."""

from __future__ import annotations

import ctypes
import json
import resource
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from .limits import Limits
from .model import UnreadableSheet
from .plain import table_to_plain, to_plain
from .reading import read_sheet
from .vocabulary import load_vocabulary

_NEW_USERS, _NEW_NETWORK = 0x10000000, 0x40000000
"""Flags of unshare(2): a network namespace without any network in it, allowed to ordinary users in a new
user namespace.
"""


def main() -> None:
    """Reads a line of JSON (the task) and the file after it; answers with a reading or a refusal."""
    task = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**task["limits"])
    bound_process(limits)
    data = sys.stdin.buffer.read(limits.file_size + 1)
    sys.stdout.write(json.dumps(answer(task, data, limits), ensure_ascii=False, separators=(",", ":")))
    sys.stdout.flush()


def bound_process(limits: Limits) -> None:
    """Memory, processor time, files and, where the system allows it, the network."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.child_memory, limits.child_memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.child_seconds, limits.child_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, AttributeError):
        # Best effort: in a container this may be forbidden, and the parsers make no connections anyway.
        ctypes.CDLL(None).unshare(_NEW_USERS | _NEW_NETWORK)


def answer(task: dict[str, Any], data: bytes, limits: Limits) -> dict[str, Any]:
    """The reading as plain data, or the refusal with its code. Whatever a parser throws counts as damage."""
    mapping = {(sheet, int(column)): field for sheet, column, field in task["mapping"]}
    try:
        words = load_vocabulary(Path(task["vocabulary_directory"]))
        return to_plain(read_sheet(data, task["name"], words=words, mapping=mapping, limits=limits))
    except UnreadableSheet as refusal:
        tables = [table_to_plain(table) for table in refusal.tables]
        return {"refused": refusal.code, "params": refusal.params, "tables": tables}
    except MemoryError:
        return {"refused": "too_heavy", "params": {"what": "memory"}, "tables": []}
    except BaseException as error:  # a panic of the parser's other language is no ordinary Exception
        return {"refused": "damaged", "params": {"what": type(error).__name__}, "tables": []}


if __name__ == "__main__":
    main()
