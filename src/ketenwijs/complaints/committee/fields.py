"""Columns that accept nothing but an age file: the database itself refuses plain text (security.md 4.5)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Substr
from django.db.models.lookups import Exact

from ketenwijs.complaints.sealing.envelopes import MAGIC, looks_sealed


def must_look_sealed(value: bytes) -> None:
    """Refuse what has not the shape of an age file."""
    if not looks_sealed(bytes(value)):
        raise ValidationError("not a sealed envelope", code="not_sealed")


class SealedField(models.BinaryField):
    """An age file."""

    default_validators = [must_look_sealed]


def only_sealed(field: str, name: str) -> models.CheckConstraint:
    """The database's own refusal: the column begins as an age file does."""
    start = Substr(field, 1, len(MAGIC), output_field=models.BinaryField())
    magic = models.Value(MAGIC, output_field=models.BinaryField())
    return models.CheckConstraint(condition=Exact(start, magic), name=name)
