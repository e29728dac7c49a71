"""Runs on restored data of the complaints program in a process of its own (see `foundation.operations.examining`)."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    """Set the program up on the restored data, erase again what the list names, and answer."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "ketenwijs.config.settings.complaints"
    import django

    django.setup()
    from ketenwijs.complaints.committee.services import Operator
    from ketenwijs.complaints.operations import erased
    from ketenwijs.complaints.operations.program import ERASED
    from ketenwijs.foundation.operations.examining import said_by
    from ketenwijs.foundation.operations.manifest import Manifest

    said = sys.stdin.read()
    lines = list(Manifest.model_validate_json(said).lists.get(ERASED, []))
    if len(sys.argv) > 1:
        lines += erased.lines_in(Path(sys.argv[1]))
    said_by(said, Operator(), lambda: {"erased_again": erased.take_over(lines)})


if __name__ == "__main__":
    main()
