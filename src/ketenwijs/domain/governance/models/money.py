"""Budget against realised amounts, outside checks, and subsidies."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.governance.models.rows import ENDS_BEFORE_START, AgreementRow
from ketenwijs.foundation.files.models import StoredFile


class BudgetLine(AgreementRow):
    """One line of a year's budget. Its amounts are dated rows of their own."""

    class Kind(models.TextChoices):
        INCOME = "income", _("income")
        COST = "cost", _("cost")

    year = models.CharField(_("year"), max_length=12)
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("income or cost"), max_length=8, choices=Kind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "year", "code"], name="governance_one_line_per_code")
        ]
        ordering = ["code", "id"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class BudgetAmount(models.Model):
    """An amount in euros as a source gave it on a day. Added, never edited; the latest of a kind counts."""

    class Kind(models.TextChoices):
        BUDGETED = "budgeted", _("budgeted")
        REALISED = "realised", _("realised")

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="amounts")
    kind = models.CharField(_("budgeted or realised"), max_length=10, choices=Kind.choices)
    euros = models.DecimalField(_("amount in euros"), max_digits=12, decimal_places=2)
    on = models.DateField(_("as of"))
    source = models.CharField(_("source"), max_length=200)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.euros}"


class OutsideCheck(AgreementRow):
    """Somebody outside the agreement was asked to look at it, and what came of that."""

    kind = models.CharField(_("kind"), max_length=30)
    by_whom = models.CharField(_("asked of"), max_length=160)
    question = models.TextField(_("what was asked"))
    asked_on = models.DateField(_("asked on"))
    result = models.TextField(_("result"), blank=True)
    result_on = models.DateField(_("result received on"), null=True, blank=True)
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.kind} {self.asked_on}"


class Subsidy(AgreementRow):
    """Money a grantor was asked for, or gave, for a period."""

    grantor = models.CharField(_("grantor"), max_length=160)
    purpose = models.CharField(_("what it is for"), max_length=200)
    euros = models.DecimalField(_("amount in euros"), max_digits=12, decimal_places=2)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    state = models.CharField(_("how far it is"), max_length=20)
    state_on = models.DateField(_("as of"))
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="governance_subsidy_ends_after_start",
                violation_error_message=ENDS_BEFORE_START,
            )
        ]

    def __str__(self) -> str:
        return f"{self.grantor} {self.euros}"
