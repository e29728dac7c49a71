"""Joint action at a place by mutual consent: who is open to it, who was asked, and what each answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.chains.models.chains import Chain, Site
from ketenwijs.domain.chains.models.locations import SharedSite
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.access.fence import FencedManager


class OpenToActing(models.Model):
    """The firm said beforehand, for one chain and agreement: we are open to acting together. No row means no."""

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="open_to_acting")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")

    objects = FencedManager(organisation="chain__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "agreement"], name="chains_open_to_acting_once")]

    def __str__(self) -> str:
        return f"{self.chain_id} open in {self.agreement_id}"


class JointInvitation(models.Model):
    """The secretariat asks members that are open and use the same location whether they want to act together."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    shared = models.ForeignKey(SharedSite, on_delete=models.PROTECT, related_name="invitations")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects = FencedManager(agreement="agreement")

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class JointReply(models.Model):
    """One firm's side of an invitation. `site` is the firm's own name for the place, so it needs no one else's row."""

    class Answer(models.TextChoices):
        WAITING = "waiting", _("no answer yet")
        YES = "yes", _("yes")
        NO = "no", _("no")
        WITHDRAWN = "withdrawn", _("withdrawn")

    invitation = models.ForeignKey(JointInvitation, on_delete=models.CASCADE, related_name="replies")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.SET_NULL, null=True, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.WAITING)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = FencedManager(organisation="organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invitation", "organisation"], name="chains_one_reply_per_firm")]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.answer}"
