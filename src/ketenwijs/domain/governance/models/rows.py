"""What every record of an agreement's governance carries."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.models import Agreement

ENDS_BEFORE_START = _("The last day lies before the first. Correct the date.")


class AgreementRow(models.Model):
    """Belongs to one agreement; an invented record says that it is an example."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    is_example = models.BooleanField(_("example"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
