"""Checksums of every script and style of this program, for whoever watches that they stay the same."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.contrib.staticfiles import finders

FOLDERS = ("intake", "sealing", "succession", "committee", "cases", "register")
SINGLE = ("vendor/age.js",)


def sums() -> dict[str, str]:
    """SHA-256 by name below the static root, in order; what was built is what is served."""
    names = set(SINGLE)
    for finder in finders.get_finders():
        for name, _storage in finder.list([]):
            if name.split("/")[0] in FOLDERS and "tests" not in name:
                names.add(name)
    found = {name: finders.find(name) for name in sorted(names)}
    return {name: hashlib.sha256(Path(path).read_bytes()).hexdigest() for name, path in found.items() if path}


def checksums() -> str:
    """The same, one line per file."""
    return "".join(f"{digest}  {name}\n" for name, digest in sums().items())
