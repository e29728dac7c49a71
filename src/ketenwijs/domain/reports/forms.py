"""Forms to make a draft and to write its texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.reports.definitions import Block
from ketenwijs.domain.reports.figures import Words
from ketenwijs.foundation.content.texts import LANGUAGES


class DraftForm(forms.Form):
    """The day on which the figures are looked at."""

    reference_date = forms.DateField(
        label=_("Reference date"),
        help_text=_(
            "Outcomes and hand-ins count as known on this day; members as on the last day of the year, "
            "or on this day where it is earlier."
        ),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


@dataclass(frozen=True)
class Gap:
    """One block with its fields, one per language."""

    heading: str
    hint: str
    fields: list[forms.BoundField]


class TextsForm(forms.Form):
    """One field per block and language; `seen` names the state of the texts that the form was filled with."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, blocks: list[Block], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.blocks = blocks
        names = dict(settings.LANGUAGES)
        for block in blocks:
            for language in LANGUAGES:
                self.fields[field_name(block.code, language)] = forms.CharField(
                    label=names[language], required=False, max_length=20_000,
                    widget=forms.Textarea(attrs={"rows": 4, "lang": language}),
                )  # fmt: skip

    def gaps(self) -> Iterator[Gap]:
        """Blocks in order, for the page."""
        for block in self.blocks:
            fields = [self[field_name(block.code, language)] for language in LANGUAGES]
            yield Gap(str(block.heading), str(block.text or ""), fields)

    def paragraphs(self) -> dict[str, Words]:
        """Block to language to text, as the service takes it."""
        return {
            block.code: {language: self.cleaned_data[field_name(block.code, language)] for language in LANGUAGES}
            for block in self.blocks
        }


def field_name(block: str, language: str) -> str:
    """Name of the field of one block in one language."""
    return f"{block}__{language}"


def initial_texts(paragraphs: dict[str, Words], seen: str) -> dict[str, str]:
    """What a form starts with."""
    texts = {field_name(code, language): text for code, found in paragraphs.items() for language, text in found.items()}
    return {**texts, "seen": seen}
