"""Periodic work on files: remove what nothing points to, offer files in quarantine to the scanner again."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from ketenwijs.foundation.access.viewer import system
from ketenwijs.foundation.files import selectors, services, storage

KEPT_UNREFERENCED = timedelta(days=1)
AT_A_TIME = 500


def sweep() -> int:
    """Delete bytes older than a day that no row points to, and unfinished uploads; how many. Not while a
    backup copies."""
    before = timezone.now() - KEPT_UNREFERENCED
    with storage.held_still(wait=False) as is_still:
        if not is_still:
            return 0
        removed = storage.remove_unfinished(before)
        names = sorted(storage.names_older_than(before))
        for start in range(0, len(names), AT_A_TIME):
            some = names[start : start + AT_A_TIME]
            known = selectors.known_names(some)
            for name in some:
                if name not in known:
                    storage.remove(name)
                    removed += 1
    return removed


def scan_quarantined() -> int:
    """Offer every file in quarantine to the scanner again; how many left it."""
    if not settings.CLAMD_SOCKET:
        return 0
    actor = system("virus-scanner")
    scanned = [services.scan_again(actor=actor, file=file) for file in selectors.quarantined()]
    return sum(file.state != file.State.QUARANTINED for file in scanned)


PERIODIC = {
    "files.sweep": (sweep, timedelta(hours=6)),
    "files.scan_quarantined": (scan_quarantined, timedelta(minutes=10)),
}
