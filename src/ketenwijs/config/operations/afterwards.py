"""Runs on restored data of the platform in a process of its own (see `foundation.operations.examining`)."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Set the program up on the restored data and answer."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ketenwijs.config.settings.local")
    import django

    django.setup()
    from ketenwijs.foundation.access.viewer import system
    from ketenwijs.foundation.operations.examining import said_by

    said_by(sys.stdin.read(), system("restore"))


if __name__ == "__main__":
    main()
