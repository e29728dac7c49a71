"""Questions of contracting authorities and the secretariat's answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.participants.models import Organisation


class Enquiry(models.Model):
    """One question. The kind is what the annual report counts."""

    class Kind(models.TextChoices):
        SUPPLIER = "individual_supplier", _("about one supplier")
        CONDITIONS = "conditions", _("about conditions in tenders")
        COUNTRY = "country_risk", _("about risks in a country")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="enquiries")
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="enquiries")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    asked_by_name = models.CharField(max_length=120, blank=True)
    asked_on = models.DateField()
    kind = models.CharField(_("what is it about?"), max_length=24, choices=Kind.choices)
    about = models.CharField(_("which supplier or country?"), max_length=200, blank=True)
    question = models.TextField(_("your question"))
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["agreement", "asked_on"], name="procurement_by_date")]

    def __str__(self) -> str:
        return f"enquiry {self.pk}"
