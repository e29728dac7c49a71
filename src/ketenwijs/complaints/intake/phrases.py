"""The phrases of one language: data, so that a language more is a file more."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from django.utils.formats import date_format
from pydantic import BaseModel, ConfigDict, Field, model_validator

from ketenwijs.complaints import content_files

MEASURE = "en"
"""The language whose phrases every other must have."""
GAP = re.compile(r"%\((\w+)\)s")


class Review(BaseModel):
    """Who read the texts on risk in their own language, and when."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    by: str = Field(min_length=1)
    on: date


class Sheet(BaseModel):
    """One file `intake/<code>.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: str
    code: str
    reviewed: bool
    review: Review | None
    phrases: dict[str, str]
    months: tuple[str, ...] = Field(default=(), max_length=12)
    """Names of the months where the framework's own are misspelt; all twelve or none."""

    @model_validator(mode="after")
    def review_is_recorded(self) -> Sheet:
        """A review counts with name and day only."""
        if self.reviewed != (self.review is not None):
            raise ValueError("reviewed is true exactly when the review says by whom and when")
        if len(self.months) not in (0, 12):
            raise ValueError("months names all twelve or none")
        return self

    @property
    def may_open(self) -> bool:
        """Whether intake may be offered in this language: in production only with a recorded review."""
        return self.reviewed or not settings.PRODUCTION

    @property
    def lang(self) -> str:
        """The code as pages name it; a script's name begins with a capital."""
        language, _dash, script = self.code.partition("-")
        return f"{language}-{script.title()}" if script else language

    def day(self, iso: str) -> str:
        """The day at the start of an ISO text as readers of this language write it; what is no day stays as it came."""
        try:
            found = date.fromisoformat(iso[:10])
        except ValueError:
            return iso
        if self.months:
            return f"{found.day} {self.months[found.month - 1]} {found.year}"
        with translation.override(self.code):
            return date_format(found, "j F Y" if self.code == "en" else "DATE_FORMAT")


@lru_cache(maxsize=1)
def all_sheets() -> dict[str, Sheet]:
    """Every language by code, in the order of the codes. Raises ImproperlyConfigured when one is incomplete."""
    names = sorted(path.name for path in (content_files.folder() / "intake").glob("*.yaml"))
    sheets = [content_files.read(f"intake/{name}", Sheet) for name in names]
    found = {sheet.code: sheet for sheet in sheets}
    faults = [fault for sheet in sheets for fault in _gaps(sheet, found[MEASURE])]
    if faults:
        raise ImproperlyConfigured("\n".join(faults))
    return found


def offered() -> list[Sheet]:
    """Languages in which intake may be opened here."""
    return [sheet for sheet in all_sheets().values() if sheet.may_open]


def _gaps(sheet: Sheet, measure: Sheet) -> list[str]:
    odd = sorted(set(sheet.phrases) ^ set(measure.phrases))
    faults = [f"intake/{sheet.code}.yaml: {name} is missing or unknown" for name in odd]
    for name, phrase in sheet.phrases.items():
        if not phrase.strip():
            faults.append(f"intake/{sheet.code}.yaml: {name} is empty")
        elif name in measure.phrases and set(GAP.findall(phrase)) != set(GAP.findall(measure.phrases[name])):
            faults.append(f"intake/{sheet.code}.yaml: {name} has other gaps than the English phrase")
    return faults
