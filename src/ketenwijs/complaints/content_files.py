"""Reading this program's content files: parsed with lines, checked against their shape, kept per process."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from pydantic import BaseModel, ValidationError

from ketenwijs.foundation.content.checking import shape_faults
from ketenwijs.foundation.content.parsing import parse

Shape = TypeVar("Shape", bound=BaseModel)


def folder() -> Path:
    """Where the files of this program lie."""
    return Path(settings.CONTENT_DIR) / "complaints"


def read(name: str, shape: type[Shape]) -> Shape:
    """One file. Raises ImproperlyConfigured with every fault and its line."""
    parsed = parse((folder() / name).read_text("utf-8"), name)
    faults = list(parsed.faults)
    if not faults:
        try:
            return shape.model_validate(parsed.data)
        except ValidationError as error:
            faults = shape_faults(parsed, error)
    raise ImproperlyConfigured("\n".join(str(fault) for fault in faults))
