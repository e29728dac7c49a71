"""Where invented participants of other agreements have things made, and the lists of it of two years running."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from ketenwijs.config.demo.definitions import Makers, OtherRound
from ketenwijs.config.demo.rounds import workspace_of
from ketenwijs.domain.agreements.selectors import report_year
from ketenwijs.domain.assessments.models import Dossier
from ketenwijs.domain.chains.services import REPLACE, confirm_sheet, publish_locations, take_in_sheet
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.access.viewer import Viewer

COLUMNS = ("leverancier", "land", "stuks", "fabriek", "plaats fabriek")
EACH = 4
"""Factories of one participant on each list."""

CHANGING = 2
"""So many participants have other factories a year later."""

PIECES = 1000
A_YEAR = timedelta(days=365)


def build(lead: Viewer, participants: Sequence[tuple[Viewer, Dossier]], wanted: OtherRound, today: date) -> None:
    """Sheets with known factories, and the combined list of last year and of this year; nothing without makers."""
    every = [(makers, name) for makers in wanted.makers for name in makers.names]
    if not every or not participants:
        return
    agreement = participants[0][1].round.agreement
    year = report_year(agreement, wanted.year)
    if year is None:
        raise RuntimeError(f"{agreement} has no report year {wanted.year}")
    for shift, day, changing in ((0, today - A_YEAR, len(participants)), (5, today, CHANGING)):
        for position, (firm, dossier) in enumerate(participants[:changing]):
            chosen = [every[position + shift + one] for one in range(EACH) if position + shift + one < len(every)]
            _bring_in(firm, dossier, chosen)
        with fenced_for(lead):
            publish_locations(actor=lead, agreement=agreement, year=year, today=day)


def _bring_in(firm: Viewer, dossier: Dossier, chosen: Sequence[tuple[Makers, str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(COLUMNS)
    for makers, name in chosen:
        place = makers.places[makers.names.index(name) % len(makers.places)]
        writer.writerow([f"{name} Trading", makers.country, PIECES, name, place])
    upload = SimpleUploadedFile("productie.csv", out.getvalue().encode("utf-8-sig"))
    with fenced_for(firm):
        workspace = workspace_of(firm, dossier)
        batch = take_in_sheet(actor=firm, workspace=workspace, upload=upload).batch
        confirm_sheet(actor=firm, workspace=workspace, batch=batch, version=batch.version, mode=REPLACE)
