"""The production web server's command line, for `serve` and for the demonstration."""

from __future__ import annotations

import sys


def gunicorn(*, bind: str, workers: int = 2, threads: int = 4) -> list[str]:
    """The words that start gunicorn. The program is loaded once and shared by the processes (`--preload`)."""
    return [
        sys.executable, "-m", "gunicorn", "ketenwijs.config.wsgi:application",
        "--bind", bind, "--workers", str(workers), "--threads", str(threads),
        "--preload", "--timeout", "60", "--max-requests", "2000", "--max-requests-jitter", "200",
        "--limit-request-field_size", "8190", "--access-logfile", "/dev/null", "--no-control-socket",
    ]  # fmt: skip
