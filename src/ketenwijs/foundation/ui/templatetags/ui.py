"""Template helpers of the look: field classes, query strings, texts in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ketenwijs.foundation.ui.forms import class_of, readable_by_browser

register = template.Library()


@register.simple_tag
def field_widget(field: BoundField) -> SafeString:
    """The widget with its class; Django itself adds `aria-describedby` and `aria-invalid`."""
    widget = field.field.widget
    readable_by_browser(widget)
    classes = " ".join(part for part in (class_of(widget), widget.attrs.get("class", "")) if part)
    attrs: dict[str, str | bool] = {"class": classes} if classes else {}
    return field.as_widget(attrs=attrs)


@register.filter
def widget_kind(field: BoundField) -> str:
    """`checkbox`, `choices` or `plain`: which markup the field template uses."""
    kind = getattr(field.field.widget, "input_type", "")
    if kind == "radio" or (kind == "checkbox" and hasattr(field.field, "choices")):
        return "choices"
    return "checkbox" if kind == "checkbox" else "plain"


@register.filter
def in_words(texts: Mapping[str, str] | str | None) -> str:
    """A map of texts per language in the reader's language; Dutch, then English, where it is missing."""
    if not isinstance(texts, Mapping):
        return str(texts or "")
    language = (get_language() or "nl")[:2]
    return texts.get(language) or texts.get("nl") or texts.get("en") or ""


@register.filter
def of(mapping: Mapping[Any, Any], key: Any) -> Any:
    """One value of a mapping, empty when absent."""
    return mapping.get(key, "")


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: Any) -> str:
    """The present query string with some values changed; None takes one out."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag
def status(label: str, tone: str = "neutral") -> SafeString:
    """A badge."""
    return format_html('<span class="kw-status kw-status--{}">{}</span>', tone, label)


@register.filter
def as_day(text: str | date | None) -> str:
    """A day of a published copy (ISO text) as the reader writes it; other text stays as it is."""
    if not text:
        return ""
    try:
        return date_format(text if isinstance(text, date) else date.fromisoformat(text), "j F Y")
    except ValueError:
        return str(text)
