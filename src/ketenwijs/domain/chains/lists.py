"""The code lists of this app in the reader's language, and the rules of an agreement about single chains."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import yaml
from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from pydantic import BaseModel

from ketenwijs.domain.chains.definitions import (
    CHAIN_RULES,
    Band,
    BandsFile,
    ChainRulesFile,
    PeopleKind,
    PeopleKindsFile,
)
from ketenwijs.foundation.content.selectors import content_of, newest

FileShape = TypeVar("FileShape", bound=BaseModel)


def chain_rules_of(slug: str) -> ChainRulesFile | None:
    """What the agreement's content says about single chains; None where it says nothing."""
    found = newest(CHAIN_RULES, f"{CHAIN_RULES}:{slug}")
    if found is None:
        return None
    content = content_of(found)
    assert isinstance(content, ChainRulesFile)
    return content


def people_kinds() -> list[tuple[str, str]]:
    """Code and name of all kinds of groups that stand in no register."""
    return [(one.code, str(one.name)) for one in _people_kinds()]


def people_kind_name(code: str) -> str:
    """A kind of group in the reader's language; the code where it is not in the list."""
    return dict(people_kinds()).get(code, code)


def bands() -> list[tuple[str, str]]:
    """Code and words of all bands of weight, the lightest first."""
    return [(one.code, _band_in_words(one)) for one in _bands()]


def band_in_words(code: str) -> str:
    """A band of weight in words; the code where it is not in the list, empty for none."""
    return next((_band_in_words(one) for one in _bands() if one.code == code), code)


def _band_in_words(band: Band) -> str:
    low = number_format(f"{band.from_tonnes:f}", force_grouping=True)
    if band.to_tonnes is None:
        return _("%(low)s tonnes or more") % {"low": low}
    high = number_format(f"{band.to_tonnes:f}", force_grouping=True)
    if not band.from_tonnes:
        return _("less than %(high)s tonnes") % {"high": high}
    return _("%(low)s to %(high)s tonnes") % {"low": low, "high": high}


@lru_cache(maxsize=1)
def _people_kinds() -> tuple[PeopleKind, ...]:
    return _read("people-kinds.yaml", PeopleKindsFile).people_kinds


@lru_cache(maxsize=1)
def _bands() -> tuple[Band, ...]:
    return _read("tonnes-bands.yaml", BandsFile).bands


def _read(name: str, shape: type[FileShape]) -> FileShape:
    text = (Path(settings.CONTENT_DIR) / "reference" / name).read_text("utf-8")
    return shape.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))  # noqa: S506 - a safe loader
