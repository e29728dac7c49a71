"""The size figure of a participant on the reference date: entered by the firm, put right by the assessor."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ketenwijs.domain.assessments import policies
from ketenwijs.domain.assessments.models import Dossier
from ketenwijs.domain.assessments.sizes import size_asked
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

LARGEST = Decimal(10) ** 15


@transaction.atomic
def record_size(*, actor: Viewer, dossier: Dossier, value: Decimal) -> Dossier:
    """Write the size figure in the unit of the framework, on the reference date of the report year.

    Refuses where the instrument measures no size, and figures that are not above zero.
    """
    if not policies.may_record_size(actor, dossier):
        raise NotAllowed(_("The size figure can be changed only while the report is filled in or assessed."))
    asked = size_asked(dossier)
    if asked is None:
        raise DomainError(_("No size figure is asked in this report."))
    if not 0 < value < LARGEST:
        raise DomainError(
            _("Give a figure above zero."), fields={"value": _("Write the whole amount, for example 1500000.")}
        )
    before = dossier.size_figure
    dossier.size_figure, dossier.size_on = value, asked.on
    dossier.save(update_fields=["size_figure", "size_on"])
    record(
        actor=actor,
        event="assessments.dossier.size_recorded",
        subject=dossier,
        chain=dossier.round.agreement.slug,
        values={"before": None if before is None else str(before), "after": str(value), "on": asked.on.isoformat()},
    )
    return dossier
