"""Reports about a site and the questions put to firms. Two fences: reports are the secretariat's, a question is one firm's."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.chains.models import SharedSite
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.domain.sitereports import states
from ketenwijs.foundation.access.fence import FencedManager


class SiteReport(models.Model):
    """What somebody saw at a place, and what became of it.

    `number` and the code of the receipt are random: neither tells how many reports there are. Of the code only a hash is
    kept. Name and address of the sender are taken out some time after the end (`sender_forgotten_on`).
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=8, unique=True)
    code_hash = models.CharField(max_length=64)
    country = models.CharField(max_length=2)
    place = models.CharField(max_length=200, blank=True)
    site_name = models.CharField(max_length=200, blank=True)
    site_kind = models.CharField(max_length=30, blank=True, help_text="a code of the site kinds")
    seen = models.TextField()
    seen_when = models.CharField(max_length=120, blank=True)
    themes = models.JSONField(default=list, help_text="codes of the themes")
    sender_name = models.CharField(max_length=200, blank=True)
    sender_email = models.EmailField(blank=True)
    sender_language = models.CharField(max_length=2)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    of_a_party = models.BooleanField(default=False)
    received_on = models.DateField()
    state = models.CharField(max_length=12, default=states.RECEIVED, help_text="a state of `states.REPORT`")
    location = models.ForeignKey(SharedSite, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.TextField(blank=True, help_text="what the sender was told at the end")
    checked_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    finished_on = models.DateField(null=True)
    sender_forgotten_on = models.DateField(null=True)

    objects = FencedManager(agreement="agreement")

    class Meta:
        indexes = [models.Index(fields=["agreement", "state", "received_on"], name="sitereports_by_state")]

    def __str__(self) -> str:
        return f"report {self.pk}"


class SiteQuestion(models.Model):
    """The secretariat's question to one firm about its own site, in the secretariat's own words, and the reply.

    `token` is its address: a running number would tell the firm how many were asked. `places` are the firm's own sites as
    the firm named them when it was asked; nothing here points at the firm's rows, so these go as they always went.
    """

    report = models.ForeignKey(SiteReport, on_delete=models.PROTECT, related_name="questions")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=32, unique=True)
    places = models.JSONField(default=list, help_text="name, place and country of the firm's own sites")
    themes = models.JSONField(default=list)
    question = models.TextField()
    asked_on = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reply_by = models.DateField()
    found = models.TextField(blank=True)
    done = models.TextField(blank=True)
    replied_on = models.DateField(null=True)
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True, help_text="no reply is waited for any more")

    objects = FencedManager(organisation="organisation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "organisation"], name="sitereports_asked_once"),
        ]
        indexes = [models.Index(fields=["organisation", "replied_on"], name="sitereports_by_firm")]

    def __str__(self) -> str:
        return f"question {self.pk}"

    @property
    def is_waiting(self) -> bool:
        """Whether the firm can still reply."""
        return self.replied_on is None and self.ended_on is None
