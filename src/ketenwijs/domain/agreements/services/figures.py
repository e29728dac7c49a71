"""Loading the dated figures of an agreement's package, with the conflicts between them, and publishing
them.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements import packages, policies
from ketenwijs.domain.agreements.definitions import FigureConflict, ObservedFigure
from ketenwijs.domain.agreements.models import Agreement, Observation, ObservationConflict
from ketenwijs.domain.agreements.publications import FIGURES, figures_payload
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.content.texts import Texts
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.publishing.selectors import current
from ketenwijs.foundation.publishing.services import preview, publish
from ketenwijs.foundation.ui.errors import NotAllowed


@transaction.atomic
def load_observations(*, actor: Viewer, agreement: Agreement) -> int:
    """Store every figure and conflict of the package by its permanent identifier; answers how many figures
    there are.

    Figures no longer in the package are taken out; conflicts are kept side by side, never settled by dropping
    one. The public copy is renewed when something changed. Identifiers are `<slug>/<code>`.
    """
    if not policies.may_start(actor):
        raise NotAllowed(_("Only the operator applies content."))
    package = packages.observations(agreement.slug)
    if package is None:
        return 0
    stored = {figure.code: _store_figure(agreement, figure) for figure in package.figures}
    agreement.conflicts.exclude(identifier__in=[f"{agreement.slug}/{one.code}" for one in package.conflicts]).delete()
    for conflict in package.conflicts:
        _store_conflict(agreement, conflict, stored)
    agreement.observations.exclude(pk__in=[one.pk for one in stored.values()]).delete()
    payload = figures_payload(agreement)
    before = current(FIGURES, agreement.slug)
    if before is None or before.payload != preview(FIGURES, payload):
        values = {"figures": len(stored), "conflicts": len(package.conflicts), "version": package.version}
        record(
            actor=actor,
            event="agreements.figures.loaded",
            subject=agreement,
            chain=agreement.slug,
            values=values,
        )
        publish(
            actor=actor,
            kind=FIGURES,
            key=agreement.slug,
            payload=payload,
            effective_on=timezone.localdate(),
            chain=agreement.slug,
        )
    return len(stored)


def _store_figure(agreement: Agreement, figure: ObservedFigure) -> Observation:
    fields: dict[str, Any] = {
        "agreement": agreement,
        "indicator": figure.indicator,
        "value": figure.value,
        "value_text": _words(figure.value_text),
        "unit": figure.unit,
        "population": _words(figure.population),
        "report_year": figure.year,
        "reference_date": figure.on,
        "precision": figure.precision,
        "source": figure.source,
        "confidence": figure.confidence,
        "part_of": f"{agreement.slug}/{figure.part_of}" if figure.part_of else "",
        "note": _words(figure.note),
    }
    identifier = f"{agreement.slug}/{figure.code}"
    return Observation.objects.update_or_create(identifier=identifier, defaults=fields)[0]


def _store_conflict(agreement: Agreement, conflict: FigureConflict, stored: dict[str, Observation]) -> None:
    fields: dict[str, Any] = {
        "agreement": agreement,
        "kept": stored[conflict.kept] if conflict.kept else None,
        "reading": _words(conflict.reading),
        "decided_by": conflict.decided_by,
    }
    identifier = f"{agreement.slug}/{conflict.code}"
    row, _created = ObservationConflict.objects.update_or_create(identifier=identifier, defaults=fields)
    row.observations.set([stored[code] for code in conflict.figures])


def _words(texts: Texts | None) -> dict[str, str]:
    return texts.by_language if texts else {}
