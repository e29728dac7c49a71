"""The feedback letter: one content for the screen and the editable Word file."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as WordDocument

from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.assessments.appeals import appeal_of
from ketenwijs.domain.assessments.comparison import Compared, comparison_for
from ketenwijs.domain.assessments.definitions import FEEDBACK
from ketenwijs.domain.assessments.instruments import outcome_label
from ketenwijs.domain.assessments.models import Dossier, Verdict
from ketenwijs.domain.assessments.own_words import filled, letter_text
from ketenwijs.domain.assessments.presentation import NO_TABLE, ScoreLine, ScoreTable, lines_of_outcome
from ketenwijs.domain.assessments.selectors import running_outcome
from ketenwijs.foundation.journal.selectors import entries_about


@dataclass(frozen=True)
class LetterLine:
    """One requirement in the letter."""

    title: str
    verdict: str
    reason: str
    reply: str


@dataclass(frozen=True)
class Letter:
    """Everything the letter says, in the active language."""

    firm: str
    agreement: str
    year: str
    day: date
    outcome: str
    reason: str
    table: ScoreTable
    opening: str
    closing: str
    appeal: str
    short: list[LetterLine]
    met: list[str]
    entry: str
    is_example: bool


def letter_of(dossier: Dossier) -> Letter:
    """The letter as it stands now: outcome and reason, what falls short with the reply, what is met, and the journal entry."""
    outcome = running_outcome(dossier)
    decided = outcome.confirmed_at or outcome.decided_at if outcome else None
    day = (outcome.published_on if outcome else None) or timezone.localdate(decided)
    own = letter_text(dossier.round.agreement.slug, FEEDBACK)
    gaps = {
        "agreement": str(definition_of(dossier.round.agreement).name),
        "company": dossier.organisation.name,
        "year": dossier.round.year,
        "day": date_format(day),
    }
    rows = list(comparison_for(dossier).values())
    appeal = appeal_of(dossier, outcome)
    last = entries_about(dossier).last()
    return Letter(
        firm=dossier.organisation.name,
        agreement=str(definition_of(dossier.round.agreement).name),
        year=dossier.round.year,
        day=day,
        outcome=outcome_label(outcome, dossier) if outcome else "",
        reason=outcome.reason if outcome else "",
        table=lines_of_outcome(dossier, outcome) if outcome else NO_TABLE,
        opening=filled(own.opening, gaps) if own else "",
        closing=filled(own.closing, gaps) if own else "",
        appeal=appeal.sentence if appeal else "",
        short=[_line(row) for row in rows if _verdict(row) not in ("", Verdict.MET)],
        met=[str(row.applicable.requirement.title) for row in rows if _verdict(row) == Verdict.MET],
        entry=f"{last.sequence} {last.hash[:16]}" if last else "",
        is_example=dossier.organisation.is_example,
    )


def _verdict(row: Compared) -> str:
    return (row.finding.final_verdict or row.finding.verdict) if row.finding else ""


def _line(row: Compared) -> LetterLine:
    finding = row.finding
    assert finding is not None
    return LetterLine(
        title=str(row.applicable.requirement.title),
        verdict=str(Verdict(_verdict(row)).label),
        reason=finding.final_reason or finding.reason,
        reply=finding.reply,
    )


def word_file(letter: Letter) -> bytes:
    """The letter as an editable Word file."""
    document = Document()
    document.core_properties.author = ""
    document.core_properties.title = _("Feedback on the yearly report")
    document.add_heading(_("Feedback on the yearly report"), level=1)
    if letter.is_example:
        document.add_paragraph(_("EXAMPLE: invented firm and outcome."))
    document.add_paragraph(f"{letter.firm}\n{letter.agreement}, {letter.year}\n{date_format(letter.day)}")
    if letter.opening:
        document.add_paragraph(letter.opening)
    document.add_heading(_("Outcome"), level=2)
    document.add_paragraph(letter.outcome).runs[0].bold = True
    document.add_paragraph(letter.reason)
    if letter.table:
        _add_table(document, letter.table)
    _add_findings(document, letter)
    for words in filter(None, (letter.closing, letter.appeal)):
        document.add_paragraph(words)
    if letter.entry:
        document.add_paragraph(_("Journal entry %(entry)s") % {"entry": letter.entry})
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_findings(document: WordDocument, letter: Letter) -> None:
    """What falls short with reason and reply, then what is met."""
    if letter.short:
        document.add_heading(_("What still asks for work"), level=2)
    for line in letter.short:
        document.add_heading(line.title, level=3)
        document.add_paragraph(f"{line.verdict}: {line.reason}")
        if line.reply:
            document.add_paragraph(_("Your reply: %(text)s") % {"text": line.reply})
    if letter.met:
        document.add_heading(_("What is met"), level=2)
    for title in letter.met:
        document.add_paragraph(title, style="List Bullet")


def _add_table(document: WordDocument, table: ScoreTable) -> None:
    """The score per part, or the main indicators."""
    if table.percent is not None:
        words = _("Score: %(percent)s %%. Mark of this year: %(wanted)s %%.")
        document.add_paragraph(words % {"percent": _number(table.percent), "wanted": _number(table.wanted)})
    heads = [_("part"), _("met"), _("counts")] if table.is_tree else [_("part"), _("points"), _("share"), _("weight")]
    grid = document.add_table(rows=1, cols=len(heads))
    for cell, head in zip(grid.rows[0].cells, heads, strict=True):
        cell.text = head
    for line in table.rows:
        for cell, text in zip(grid.add_row().cells, _cells(line, table), strict=True):
            cell.text = text


def _cells(line: ScoreLine, table: ScoreTable) -> list[str]:
    reached = _("%(reached)s of %(of)s") % {"reached": line.reached, "of": line.of} if line.of else "–"
    if table.is_tree:
        return [line.name, reached, "–" if line.counts is None else _("yes") if line.counts else _("no")]
    share = "–" if line.percent is None else f"{_number(line.percent)} %"
    return [line.name, reached, share, f"{_number(line.weight)} %"]


def _number(percent: float | None) -> str:
    """At most one decimal, in the reader's notation."""
    return str(floatformat(percent, "-1"))
