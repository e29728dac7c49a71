"""A member with sites and announcements on the invented agreement; every word of the firm carries the canary."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.agreements.selectors import report_year
from ketenwijs.domain.agreements.tests.factories import ROBOT, example_agreement, member, staff, worker
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.awareness import services
from ketenwijs.domain.awareness.models import Announcement, Mention
from ketenwijs.domain.awareness.services.announcing import Values
from ketenwijs.domain.awareness.services.mentioning import MentionValues
from ketenwijs.domain.chains.models import Site
from ketenwijs.domain.chains.tests.factories import NEXT_YEAR, YEAR, opened, sign_in
from ketenwijs.foundation.access.fence import fenced_for, unfenced
from ketenwijs.foundation.access.viewer import Viewer

__all__ = [
    "NEXT_YEAR",
    "ROBOT",
    "YEAR",
    "Agreement",
    "Membership",
    "Viewer",
    "example_agreement",
    "fenced_for",
    "member",
    "opened",
    "sign_in",
    "staff",
    "unfenced",
    "worker",
]

CANARY = "kanarie-42"
DAY = date(2025, 3, 12)
TODAY = date(2025, 10, 15)


def site_of(membership: Membership, name: str = "Quarry 8", **changes: Any) -> Site:
    """One site of a firm."""
    fields = {"kind": "quarry", "name": f"{name} {CANARY}", "place": f"Kolar {CANARY}", "country": "IN", **changes}
    with unfenced(reason="test"):
        return Site.objects.create(organisation=membership.organisation, **fields)


def values(**changes: Any) -> Values:
    """A confirmed announcement as typed."""
    typed: dict[str, Any] = {
        "announced_on": DAY,
        "way": "poster",
        "languages": ("kn", "hi"),
        "announced_by": f"Site manager {CANARY}",
        "confirmed_by": f"Workers' committee {CANARY}",
        "confirmed_on": date(2025, 3, 20),
    }
    return Values(**{**typed, **changes})


def announced(viewer: Viewer, workspace: Workspace, *sites: Site, **changes: Any) -> list[Announcement]:
    """Lines in the register."""
    return services.announce(
        actor=viewer, workspace=workspace, sites=[one.pk for one in sites], values=values(**changes), today=TODAY
    )


def mentioned(viewer: Viewer, workspace: Workspace, **changes: Any) -> Mention:
    """What a firm says of its code and website."""
    typed: dict[str, Any] = {
        "in_code": True,
        "in_code_since": date(2024, 1, 1),
        "code_link": f"https://example.org/{CANARY}-code",
        "on_website": True,
        "website_link": f"https://example.org/{CANARY}",
    }
    kept = MentionValues(**{**typed, **{name: value for name, value in changes.items() if name != "version"}})
    return services.save_mention(
        actor=viewer, workspace=workspace, values=kept, version=changes.get("version", 0), today=TODAY
    )


def filled_firms(agreement: Agreement, count: int, year: str = YEAR) -> list[Membership]:
    """Members that each announced at two sites, one of them confirmed, and name the route everywhere."""
    found = []
    for number in range(count):
        membership = member(agreement, f"Voorbeeldfirma {number} {CANARY}")
        viewer = worker(membership.organisation, name=f"w{number}")
        with fenced_for(viewer):
            workspace = opened(viewer, membership, year)
            announced(viewer, workspace, site_of(membership, "Quarry"))
            rest = {"confirmed_by": "", "confirmed_on": None, "languages": ("kn",) if number else ("kn", "ta")}
            announced(viewer, workspace, site_of(membership, "Works"), **rest)
            mentioned(viewer, workspace)
        found.append(membership)
    return found


def year_of(agreement: Agreement, code: str = YEAR) -> Any:
    """The report year."""
    return report_year(agreement, code)


def texts(word: str) -> dict[str, str]:
    """One word in the three languages."""
    return {language: f"{word} {language}" for language in ("nl", "fr", "en")}


def release(**changes: Any) -> dict[str, Any]:
    """A released file of the complaints program; `changes` replace parts of the release itself."""
    return {
        "format": "ketenwijs-complaints-register-1",
        "address": "https://klachten.example/register/",
        "release": {
            "serial": 3,
            "released_on": "2025-10-01",
            "running": [
                {"number": 7, "kind": "complaint", "state": "hearing", "suspended": False, "country": None, "theme": None},
                {"number": 9, "kind": "warning", "state": "received", "suspended": True, "country": "IN", "theme": "dust"},
            ],
            "counts": [
                {"year": 2025, "cells": {"complaint": 6, "warning": None}, "total": 8},
                {"year": 2024, "cells": {"complaint": 0, "warning": 0}, "total": 0},
            ],
            "composition": [{"name": "A. Voorbeeld", "function": "chair"}],
            "example": True,
            **changes,
        },
        "rulings": [
            {
                "number": 4, "interim": False, "language": "en", "title": "Masks in the cutting hall",
                "text": "The firm gives masks.", "follow_up": "Seen at a visit.", "published_on": "2025-09-01",
                "signed_by": [{"name": "A. Voorbeeld", "function": "chair"}], "page": 1,
                "address": "https://klachten.example/register/rulings/1/",
            }
        ],
        "names": {
            "mechanism": texts("Example committee"),
            "kinds": {"complaint": texts("Complaint"), "warning": texts("Early warning")},
            "states": {"hearing": texts("Hearing"), "received": texts("Received")},
            "functions": {"chair": texts("Chair")},
        },
    }  # fmt: skip


def as_file(content: Mapping[str, Any]) -> bytes:
    """The same as bytes."""
    return json.dumps(content).encode()
