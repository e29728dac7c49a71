"""Filling the starter template with the name and calendar of a new agreement."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.checks.agreement import RESERVED, is_slug
from ketenwijs.domain.agreements.instruments import REQUIREMENT_LIST
from ketenwijs.foundation.content.texts import LANGUAGES, Texts
from ketenwijs.foundation.ui.errors import DomainError

SUFFIX = ".template"
YEARS, DAYS_TO_HAND_IN = 3, 60
GAP = re.compile(r"\[\[([a-z_0-9]+)\]\]")
# `#? one two` keeps the lines up to the next `#?` for these ways of measuring only; a bare `#?` ends that.
ONLY_FOR = re.compile(r"^#\?(.*)$")
EXPLANATION = re.compile(rf"^#({'|'.join(LANGUAGES)}) ?(.*)$")
# The same bytes for the same package: ZIP files carry a moment, ours none that means anything.
NO_MOMENT = (2000, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Wanted:
    """What a new agreement is called, when it begins and how it measures: one of the families of instruments."""

    slug: str
    names: Texts
    first_day: date
    family: str = REQUIREMENT_LIST


def starter_files(wanted: Wanted, *, language: str) -> dict[str, str]:
    """The files of a starter package by name, explained in one language.

    Raises DomainError for a slug that cannot be used and for a content folder without a template.
    """
    refuse_unfit_slug(wanted.slug)
    gaps = _gaps(wanted)
    templates = sorted(_folder().glob(f"*{SUFFIX}"))
    if not templates:
        raise DomainError(_("The content folder holds no starter package. Ask the operator to add it."))
    return {
        path.name.removesuffix(SUFFIX): _filled(path.read_text("utf-8"), gaps, language, wanted.family)
        for path in templates
    }


def refuse_unfit_slug(slug: str) -> None:
    """DomainError for what cannot stand in an address, or is an address of our own already."""
    if not is_slug(slug):
        sentence = _("Use small letters, digits and hyphens only, at most 50, for example example-sector.")
        raise DomainError(sentence, fields={"slug": sentence})
    if slug in RESERVED:
        sentence = _("This word is used by the program itself. Choose another one.")
        raise DomainError(sentence, fields={"slug": sentence})


def zipped(files: Mapping[str, str], folder: str) -> bytes:
    """The files as a ZIP archive, in one folder."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(f"{folder}/{name}", NO_MOMENT), text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _folder() -> Path:
    return Path(settings.CONTENT_DIR) / "starter" / "agreement"


def _filled(template: str, gaps: Mapping[str, str], language: str, family: str) -> str:
    lines: list[str] = []
    kept = True
    for line in template.splitlines():
        if narrowed := ONLY_FOR.match(line):
            kept = not narrowed[1].split() or family in narrowed[1].split()
            continue
        explained = EXPLANATION.match(line)
        if not kept:
            continue
        if explained is None:
            lines.append(GAP.sub(lambda found: gaps[found[1]], line))
        elif explained[1] == language:
            lines.append(f"# {explained[2]}".rstrip())
    return "\n".join(lines) + "\n"


def _gaps(wanted: Wanted) -> dict[str, str]:
    """Everything that differs between two starter packages, as YAML; texts are quoted as JSON, which YAML reads."""
    first = wanted.first_day
    if not 1990 <= first.year <= 2100:
        sentence = _("Choose a first day between 1990 and 2100.")
        raise DomainError(sentence, fields={"first_day": sentence})
    gaps = {"slug": wanted.slug, "first_day": first.isoformat()}
    gaps["last_day"] = (_later(first, YEARS) - timedelta(days=1)).isoformat()
    for language, name in wanted.names.by_language.items():
        gaps[f"name_{language}"] = json.dumps(" ".join(name.split()), ensure_ascii=False)
    for number in range(1, YEARS + 1):
        begins, after = _later(first, number - 1), _later(first, number)
        last = after - timedelta(days=1)
        code = str(begins.year) if begins.year == last.year else f"{begins.year}-{last.year}"
        gaps |= {
            f"year_{number}": json.dumps(code),
            f"from_{number}": begins.isoformat(),
            f"until_{number}": last.isoformat(),
            f"opens_{number}": after.isoformat(),
            f"due_{number}": (after + timedelta(days=DAYS_TO_HAND_IN)).isoformat(),
        }
    return gaps


def _later(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
