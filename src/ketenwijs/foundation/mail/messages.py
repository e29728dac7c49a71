"""From a text template to subject and body in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation


def render_message(template: str, context: Mapping[str, Any], language: str) -> tuple[str, str]:
    """The template's first line is the subject, the rest the body; rendered as plain text, nothing is escaped."""
    with translation.override(language):
        text = render_to_string(template, {**context, "autoescape": False}).strip()
    subject, _newline, body = text.partition("\n")
    return " ".join(subject.split()), body.strip() + "\n"
