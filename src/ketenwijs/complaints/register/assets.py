"""Checksums of every script and style that the pages without account load, for whoever watches that they stay the same."""

from __future__ import annotations

import hashlib

from django.contrib.staticfiles import finders

FOLDERS = ("intake", "sealing", "succession")
SINGLE = ("vendor/age.js",)


def checksums() -> str:
    """One line per file: SHA-256 and address below the static root, in order; what was built is what is served."""
    names = set(SINGLE)
    for finder in finders.get_finders():
        for name, _storage in finder.list([]):
            if name.split("/")[0] in FOLDERS and "tests" not in name:
                names.add(name)
    lines = []
    for name in sorted(names):
        path = finders.find(name)
        if isinstance(path, str):
            with open(path, "rb") as stream:
                lines.append(f"{hashlib.sha256(stream.read()).hexdigest()}  {name}")
    return "\n".join(lines) + "\n"
