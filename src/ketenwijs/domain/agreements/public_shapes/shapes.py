"""What the shapes of all public copies share: strictness, texts per language, codes with names."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

Words = dict[str, str]
"""A text per language (nl, fr, en)."""


class Payload(BaseModel):
    """Base of the shapes: nothing that was not thought of can slip into a public copy."""

    model_config = ConfigDict(extra="forbid")


class PublicNamed(Payload):
    """A code with its name per language."""

    code: str
    name: Words
