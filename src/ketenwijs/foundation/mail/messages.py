"""From a text template to subject and body in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.template import Context, engines
from django.template.backends.django import DjangoTemplates
from django.utils import translation

LONGEST_SUBJECT = 200
# Control signs except the line break, and the marks that turn the direction of writing: with these a name could hide
# or reorder what a reader sees (security case 70).
_HARMFUL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]")


def render_message(template: str, context: Mapping[str, Any], language: str) -> tuple[str, str]:
    """The template's first line is the subject, the rest the body.

    Plain text: nothing is escaped, control signs and marks of writing direction are taken out, and a text given in the
    context cannot bring lines of its own into the subject.
    """
    engine = engines["django"]
    assert isinstance(engine, DjangoTemplates)
    with translation.override(language):
        found = engine.get_template(template).template
        text = found.render(Context({name: _clean(value) for name, value in context.items()}, autoescape=False))
    subject, _newline, body = _HARMFUL.sub("", text).strip().partition("\n")
    return " ".join(subject.split())[:LONGEST_SUBJECT].rstrip(), body.strip() + "\n"


def _clean(value: Any) -> Any:
    """A text of one line; other values are left as they are."""
    return " ".join(value.split()) if isinstance(value, str) else value
