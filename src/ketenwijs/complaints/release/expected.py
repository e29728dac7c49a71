"""What this installation should serve to people without account, in every state it can be in: the manifest to sign."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

import ketenwijs
from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.committee.terms import reception, term_mechanisms
from ketenwijs.complaints.intake.phrases import Sheet, all_sheets
from ketenwijs.complaints.intake.views.telling import LONGEST
from ketenwijs.complaints.register.assets import sums
from ketenwijs.complaints.release.skeleton import digest_of, elements_of, lines_of
from ketenwijs.complaints.sealing import keylists
from ketenwijs.complaints.sealing.manifests import Manifest

SUM = {"a": 1, "b": 1}
"""Any two numbers: which they are is left out of the comparison."""


def manifest_of(*, root: str, serial: int, made_on: date, reviewed_only: bool) -> Manifest:
    """The manifest of what is installed here, for the pages as they come from `made_on` on."""
    sheets = [one for one in all_sheets().values() if one.reviewed or not reviewed_only]
    files = {static(name): digest for name, digest in sums().items()}
    for sheet in sheets:
        files[reverse("intake:words", args=[sheet.code])] = _sha256(JsonResponse(sheet.phrases).content)
    pages: dict[str, set[str]] = {}
    parts: set[str] = set()
    for address, page in _pages(sheets, keylists.fingerprint(root), made_on):
        lines = lines_of(page)
        pages.setdefault(address, set()).add(digest_of(lines))
        parts.update(elements_of(lines))
    return Manifest(
        serial=serial,
        made_on=made_on.isoformat(),
        program=ketenwijs.__version__,
        root=root,
        reviewed_only=reviewed_only,
        policy=policy_of("; ".join(f"{name} {' '.join(values)}" for name, values in _directives().items())),
        files=files,
        pages={address: tuple(sorted(ways)) for address, ways in pages.items()},
        parts=tuple(sorted(parts)),
    )


def policy_of(header: str) -> str:
    """A content policy with its directives and their values in one order, so that two can be compared."""
    directives = [" ".join(one.split()) for one in header.split(";") if one.strip()]
    return "; ".join(sorted(" ".join([name, *sorted(values)]) for name, *values in (one.split() for one in directives)))


def differences(one: Manifest, other: Manifest) -> list[str]:
    """Every address that two manifests say something else about; their serials and days do not count."""
    found = [
        f"{name} differs" for name in ("root", "reviewed_only", "policy") if getattr(one, name) != getattr(other, name)
    ]
    for mine, theirs in ((one.files, other.files), (one.pages, other.pages)):
        for address in sorted({*mine, *theirs}):
            if address not in mine or address not in theirs:
                found.append(f"{address} is in one of the two only")
            elif mine[address] != theirs[address]:
                found.append(f"{address} differs")
    return found


def _directives() -> dict[str, list[str]]:
    directives: dict[str, list[str]] = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return directives


def _pages(sheets: list[Sheet], fingerprint: str, today: date) -> Iterator[tuple[str, str]]:
    """Every page in every state: intake open or closed, a sum asked or not, a mechanism whose day is still to come."""
    days = [today, *sorted({one.since for one in term_mechanisms() if one.since > today})]
    for day in days:
        ways = {"ways": reception(today=day).ways, "bodies": reception(today=day).bodies}
        yield reverse("intake:languages"), _rendered("languages", sheets=sheets, **ways)
        for sheet in sheets:
            yield from _starts(sheet, fingerprint, day)
    for sheet in sheets:
        asked = {"question": sheet.phrases["question"] % SUM, "sum": ""}
        yield reverse("intake:number", args=[sheet.code]), _of_sheet(sheet, "number", shown="1")
        for more in ({}, asked):
            yield reverse("intake:write", args=[sheet.code]), _of_sheet(sheet, "write", longest=LONGEST, **more)
            yield reverse("intake:follow", args=[sheet.code]), _of_sheet(sheet, "follow", **more)


def _starts(sheet: Sheet, fingerprint: str, day: date) -> Iterator[tuple[str, str]]:
    for agreement in ("", *mechanism().agreements):
        address = reverse("intake:start-of", args=[sheet.code, agreement]) if agreement else ""
        for is_open in (True, False):
            page = _of_sheet(
                sheet,
                "start",
                open=is_open,
                mechanism=mechanism(),
                reception=reception(agreement, day),
                fingerprint=fingerprint,
            )
            yield address or reverse("intake:start", args=[sheet.code]), page


def _of_sheet(sheet: Sheet, template: str, **context: Any) -> str:
    return _rendered(template, p=sheet.phrases, sheet=sheet, lang=sheet.lang, key="", problem="", typed={}, **context)


def _rendered(template: str, **context: Any) -> str:
    return render_to_string(f"intake/{template}.html", {"title": mechanism().neutral_title, **context})


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
