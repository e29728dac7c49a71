"""Template helpers of the public site: sources that can be followed, days as exact as known, codes in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ketenwijs.foundation.ui.templatetags.ui import in_words, status
from ketenwijs.sites.public import wording
from ketenwijs.sites.public.sources import SourcePart, address_of, parts_of

register = template.Library()


@register.simple_tag
def source(text: str, short: bool = False, site: bool = False) -> SafeString:
    """The sources in a line of content, each address a link.

    site: of an address only the site is shown; short: of a text, too, only who wrote it.
    """
    shown = dict.fromkeys(_one(part, short, site) for part in parts_of(text or ""))
    return format_html_join("; ", "{}", ((one,) for one in shown))


def _one(part: SourcePart, short: bool, site: bool) -> SafeString:
    if not part.address:
        return format_html("{}", part.host if short else part.text)
    short = short or site
    shown = part.host if short else part.text
    remark = f" {part.remark}" if part.remark and not short else ""
    return format_html('<a href="{}" rel="noopener">{}</a>{}', part.address, shown, remark)


@register.simple_tag
def outside_link(address: str, text: str) -> SafeString:
    """A link to another site; only the text when the address is none."""
    checked = address_of(address or "")
    return format_html('<a href="{}" rel="noopener">{}</a>', checked, text) if checked else format_html("{}", text)


@register.simple_tag
def stage_badge(code: str) -> SafeString:
    """A stage as a badge; a dash when none is known."""
    return status(str(wording.stage(code)), wording.tone(code)) if code else format_html("{}", "–")


@register.filter
def as_stage(code: str) -> str:
    """A stage in words."""
    return str(wording.stage(code))


@register.filter
def as_known(on: str | None, precision: str | None = "day") -> str:
    """A day as exactly as it is known."""
    return wording.day(on, precision or "day")


@register.filter
def figure_value(figure: Mapping[str, Any]) -> str:
    """A figure's number with its unit, or its words where it is no number."""
    if figure["value"] is None:
        return in_words(figure["value_text"])
    return wording.amount(figure["value"], figure["unit"])


@register.filter
def figure_moment(figure: Mapping[str, Any]) -> str:
    """When a figure holds: its day as exactly as known, else its report year."""
    known = wording.day(figure["reference_date"], figure.get("precision", "day"))
    return known or figure["report_year"]


_TABLES: dict[str, Mapping[str, wording.Label]] = {
    "family": wording.FAMILIES,
    "complaints": wording.COMPLAINTS,
    "output": wording.OUTPUT,
    "document": wording.DOCUMENTS,
    "role": wording.ROLES,
    "confidence": wording.CONFIDENCE,
}


@register.filter
def in_list(code: str, table: str) -> str:
    """A code of one of the lists of words; an unknown one as it stands."""
    return str(_TABLES[table].get(code, code))


@register.filter
def as_euros(value: str) -> str:
    """An amount in euros."""
    return f"€ {wording.amount(value)}"
