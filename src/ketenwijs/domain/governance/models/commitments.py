"""What the parties committed themselves to, and how much it contributed to the agreement's goals."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.governance.models.bodies import Body
from ketenwijs.domain.governance.models.decisions import Decision
from ketenwijs.domain.governance.models.rows import AgreementRow


class Goal(AgreementRow):
    """What the agreement wants to reach; commitments are rated against it."""

    title = models.CharField(_("goal"), max_length=200)
    text = models.TextField(_("explanation"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class Commitment(AgreementRow):
    """One SMART commitment; the A is for ambitious, as the advice on agreements reads it (agreement-others 5.2)."""

    class Owner(models.TextChoices):
        SECTION = "section", _("a section")
        PARTY = "party", _("a party")
        BODY = "body", _("a body")

    title = models.CharField(_("commitment"), max_length=200)
    term = models.CharField(_("term of the agreement"), max_length=40, blank=True)
    specific = models.TextField(_("specific: what exactly will be done"))
    measurable = models.TextField(_("measurable: how we will see that it is done"))
    ambitious = models.TextField(_("ambitious: what it improves beyond what happens anyway"), blank=True)
    realistic = models.TextField(_("realistic: with which people and means"), blank=True)
    due_on = models.DateField(_("time-bound: ready by"))
    owner_kind = models.CharField(_("who is responsible"), max_length=10, choices=Owner.choices)
    owner_section = models.CharField(max_length=40, blank=True)
    owner_party = models.CharField(max_length=160, blank=True)
    owner_body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="commitments")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="commitments")
    state = models.CharField(max_length=12, default="planned")
    started_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    result = models.TextField(_("what came of it"), blank=True)

    class Meta:
        indexes = [models.Index(fields=["agreement", "state", "due_on"], name="governance_commitments")]

    def __str__(self) -> str:
        return self.title


class Contribution(models.Model):
    """Somebody's rating of what a commitment contributed to a goal. Added, never edited; the latest counts."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="contributions")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="contributions")
    value = models.CharField(_("contribution"), max_length=20)
    rated_by = models.CharField(_("rated by"), max_length=120)
    rated_on = models.DateField(_("rated on"))
    note = models.TextField(_("explanation"), blank=True)

    class Meta:
        indexes = [models.Index(fields=["commitment", "goal", "rated_on"], name="governance_contributions")]

    def __str__(self) -> str:
        return self.value
