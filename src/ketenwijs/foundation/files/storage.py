"""The folder of stored files: random names, written so that a row never points at half a file."""

from __future__ import annotations

import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings

INCOMING = "incoming"
STORED_NAME = re.compile(r"[0-9a-f]{40}")


def folder() -> Path:
    """The folder of this installation; made when it is not there, closed to other users."""
    path = Path(settings.STORED_FILES_DIR)
    path.mkdir(mode=0o750, parents=True, exist_ok=True)
    return path


def path_of(stored_name: str, within: Path | None = None) -> Path:
    """Where a file with this random name lies; ValueError for anything that is not such a name."""
    if not STORED_NAME.fullmatch(stored_name):
        raise ValueError("not the name of a stored file")
    return (within or folder()) / stored_name[:2] / stored_name[2:]


def write(content: bytes) -> str:
    """Keep the bytes and return their random name: temporary file, fsync, rename, fsync of the folders
    (security.md 7).

    The caller stores the row afterwards. Raises OSError (disk full, read-only); then nothing but a temporary
    file may be left, which the sweeper removes.
    """
    stored_name = secrets.token_hex(20)
    incoming = folder() / INCOMING
    incoming.mkdir(mode=0o750, exist_ok=True)
    temporary, target = incoming / stored_name, path_of(stored_name)
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        target.parent.mkdir(mode=0o750, exist_ok=True)
        temporary.rename(target)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    for changed in (target.parent, folder()):
        _sync_folder(changed)
    return stored_name


def remove(stored_name: str) -> None:
    """Delete the file; absent already is fine."""
    path_of(stored_name).unlink(missing_ok=True)


def names_older_than(moment: datetime) -> Iterator[str]:
    """Random names of the files written before a moment."""
    for path in folder().glob("??/*"):
        name = path.parent.name + path.name
        if STORED_NAME.fullmatch(name) and _written_before(path, moment):
            yield name


def remove_unfinished(older_than: datetime) -> int:
    """Delete temporary files that an interrupted upload left; how many."""
    left = [path for path in (folder() / INCOMING).glob("*") if _written_before(path, older_than)]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


@contextmanager
def held_still(*, wait: bool) -> Iterator[bool]:
    """While a backup copies, nothing is removed: both take the same lock. Gives False when it is taken and
    `wait` is off."""
    with open(folder() / ".lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True


def _written_before(path: Path, moment: datetime) -> bool:
    with suppress(FileNotFoundError):
        return path.stat().st_mtime < moment.timestamp()
    return False


def _sync_folder(path: Path) -> None:
    number = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
