"""Two editions of a framework side by side, with counts and a choice of what to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from ketenwijs.domain.agreements import comparing, selectors
from ketenwijs.domain.agreements.definitions import OutcomeScheme
from ketenwijs.domain.agreements.frameworks import FrameworkFile
from ketenwijs.domain.agreements.views.reading import agreement_or_404
from ketenwijs.foundation.access.pages import ViewerRequest, signed_in
from ketenwijs.foundation.content.models import Edition
from ketenwijs.foundation.content.selectors import content_of
from ketenwijs.foundation.ui.templatetags.ui import in_words

WORDS: dict[str, Promise] = {
    comparing.SAME: _("same"),
    comparing.STRICTER: _("stricter"),
    comparing.SPLIT: _("split"),
    comparing.NEW: _("new"),
    comparing.DROPPED: _("no longer asked"),
    comparing.MOVED: _("from another year or level"),
    comparing.OTHER_MINIMUM: _("other minimum"),
    comparing.OTHER_TEXT: _("changed text"),
    comparing.OTHER_ANSWER: _("other kind of answer"),
}
TONES = {
    comparing.SAME: "neutral",
    comparing.STRICTER: "warning",
    comparing.SPLIT: "warning",
    comparing.NEW: "busy",
    comparing.DROPPED: "bad",
}


class EditionsForm(forms.Form):
    """Which two editions, and which changes."""

    before = forms.ChoiceField(label=_("Earlier edition"), required=False)
    after = forms.ChoiceField(label=_("Later edition"), required=False)
    only = forms.ChoiceField(label=_("Show"), required=False)

    def __init__(self, *args: Any, editions: list[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), name_of(one)) for one in editions]
        self.fields["before"].choices = choices  # type: ignore[attr-defined]
        self.fields["after"].choices = choices  # type: ignore[attr-defined]
        self.fields["only"].choices = [("", _("everything")), *WORDS.items()]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Row:
    """One change in words."""

    change: comparing.Change
    word: Promise
    tone: str
    details: list[Promise]
    step: str


def name_of(edition: Edition) -> str:
    """An edition as a choice: the framework's name and its version."""
    return f"{in_words(edition.names)} ({edition.version})"  # type: ignore[attr-defined]


@signed_in
@require_GET
def editions(request: ViewerRequest, agreement: str) -> HttpResponse:
    """Compare two editions; without a choice the newest framework with the one it replaces, or its last two versions."""
    found = agreement_or_404(request, agreement)
    stored = selectors.framework_editions(found)
    if not stored:
        raise Http404
    definition = selectors.definition_of(found)
    before, after = _chosen(request, stored)
    only = request.GET.get("only", "")
    comparison = comparing.compare(content_of(before), content_of(after))
    schemes = {one.code: one for one in definition.schemes}
    counts = comparison.counts
    context = {
        "agreement": found,
        "name": str(definition.name),
        "form": EditionsForm({"before": before.pk, "after": after.pk, "only": only}, editions=stored),
        "before": before,
        "after": after,
        "comparison": comparison,
        "kinds": [(code, WORDS[code], counts[code], TONES[code]) for code in comparing.KINDS],
        "details": [(code, WORDS[code], counts[code]) for code in comparing.DETAILS if counts[code]],
        "only": WORDS.get(only, ""),
        "rows": [_row(one, comparison) for one in comparison.only(only)],
        "asked_before": _asked(schemes.get(comparison.before.scheme)),
        "asked_after": _asked(schemes.get(comparison.after.scheme)),
        "start": comparing.start_value_between(definition, comparison.before, comparison.after),
        "schemes": schemes,
        "is_same_edition": before.pk == after.pk,
    }
    return render(request, "agreements/editions.html", context)


def _chosen(request: ViewerRequest, stored: list[Edition]) -> tuple[Edition, Edition]:
    by_pk = {str(one.pk): one for one in stored}
    after = by_pk.get(request.GET.get("after", ""), stored[-1])
    earlier = [one for one in stored if one.pk != after.pk]
    replaced = [one for one in earlier if one.identifier == content_of(after).replaces]
    versions = [one for one in earlier if one.identifier == after.identifier]
    usual = (versions or replaced or earlier or [after])[-1]
    return by_pk.get(request.GET.get("before", ""), usual), after


def _asked(scheme: OutcomeScheme | None) -> Promise:
    """What the number stands for from which a requirement is asked."""
    return _("from level") if scheme is not None and scheme.kind == "level" else _("from membership year")


def _row(change: comparing.Change, comparison: comparing.Comparison) -> Row:
    framework: FrameworkFile = comparison.after if change.after is not None else comparison.before
    steps = {one.code: str(one.name) for one in framework.steps}
    return Row(
        change=change,
        word=WORDS[change.kind],
        tone=TONES[change.kind],
        details=[WORDS[one] for one in change.details],
        step=steps.get(change.requirement.step, ""),
    )
