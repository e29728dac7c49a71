"""What a firm thinks of each risk, with reason and source; unknown is a value (oecd-steps 0.2)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.chains.models import Chain
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.access.fence import FencedManager


class Involvement(models.TextChoices):
    """How the firm is tied to the harm (oecd-steps 0.3); empty means not yet weighed."""

    CAUSE = "cause", _("we cause it ourselves")
    CONTRIBUTE = "contribute", _("we contribute to it")
    LINKED = "linked", _("directly linked through our chain")


def _score(label: Any) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )


class Weighing(models.Model):
    """The four scores; each from 1 to 4, empty means unknown, never low."""

    scale = _score(_("scale"))
    scope = _score(_("scope"))
    irremediability = _score(_("irremediability"))
    likelihood = _score(_("likelihood"))
    involvement = models.CharField(_("involvement"), max_length=12, choices=Involvement.choices, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    weighed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    weighed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Risk(Weighing):
    """One theme in one country, stone and stage, as this firm weighs it in one report year."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="risks")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    year = models.CharField(max_length=12)
    country = models.CharField(max_length=2)
    material = models.CharField(max_length=30)
    stage = models.CharField(max_length=30)
    theme = models.CharField(max_length=40)
    carried_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    objects = FencedManager(organisation="organisation")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "agreement", "year", "country", "material", "stage", "theme"],
                name="risks_one_weighing_each",
            )
        ]

    def __str__(self) -> str:
        return f"{self.theme} {self.country} {self.material} {self.stage}"


class ChainException(Weighing):
    """Where the firm knows more about one chain than about the whole country, stone and stage."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="exceptions")
    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="+")

    objects = FencedManager(organisation="risk__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["risk", "chain"], name="risks_one_exception_per_chain")]

    def __str__(self) -> str:
        return f"{self.risk_id} on chain {self.chain_id}"
