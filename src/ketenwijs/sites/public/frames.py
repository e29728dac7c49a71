"""What the pages about one agreement share: its copy, what it has published here, and names of codes."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import get_language

from ketenwijs.sites.public import copies
from ketenwijs.sites.public import register as members
from ketenwijs.sites.public.copies import Agreement
from ketenwijs.sites.public.register import Entry
from ketenwijs.sites.public.remembering import Remembering
from ketenwijs.sites.public.showing import names_for


def site() -> Remembering:
    """What is kept of all public copies, as they stand today."""
    return Remembering()


def all_agreements(kept: Remembering) -> list[Agreement]:
    """Every agreement with a public copy."""
    return kept.keep("agreements", copies.agreements)


def agreement_or_404(kept: Remembering, slug: str) -> Agreement:
    """The agreement's public copy."""
    found = kept.keep(("agreement", slug), lambda: copies.agreement(slug))
    if found is None:
        raise Http404
    return found


def entry_or_404(kept: Remembering, slug: str, firm: str) -> Entry:
    """A member's public copy; not in the register and never heard of look the same."""
    found = kept.keep(("entry", slug, firm), lambda: members.entry(slug, firm))
    if found is None:
        raise Http404
    return found


def frame(kept: Remembering, slug: str) -> dict[str, Any]:
    """Context of every page about one agreement; 404 when it has no public copy."""
    found = agreement_or_404(kept, slug)
    return {
        "agreement": found,
        "holdings": kept.keep(("holdings", slug), lambda: copies.holdings_of(slug)),
        **kept.keep(("names", slug, get_language()), lambda: names_for(found)),
    }
