"""Where and how a firm made the complaints route known, and whether its own rules and website name it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.awareness import vocabulary
from ketenwijs.domain.chains.models import Site
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.access.fence import FencedManager


class Announcement(models.Model):
    """The route was announced at one of the firm's own sites on a day; the report year follows from that day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="announcements")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="announcements", verbose_name=_("site"))
    announced_on = models.DateField(_("announced on"))
    way = models.CharField(_("how"), max_length=20, help_text="code of `reference/announcements.yaml`")
    languages = models.JSONField(_("languages"), default=list, help_text="codes of `reference/announcements.yaml`")
    announced_by = models.CharField(_("by whom"), max_length=200)
    confirmed_by = models.CharField(_("confirmed by"), max_length=200, blank=True)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = FencedManager(organisation="organisation")

    class Meta:
        ordering = ["-announced_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "site", "way", "announced_on"], name="awareness_announced_once"
            )
        ]
        indexes = [models.Index(fields=["agreement", "announced_on"], name="awareness_by_date")]

    def __str__(self) -> str:
        return f"announcement {self.pk}"

    @property
    def way_name(self) -> str:
        """The way in words."""
        return vocabulary.way_name(self.way)

    @property
    def language_names(self) -> str:
        """The languages in words."""
        return vocabulary.language_names(self.languages)


class Mention(models.Model):
    """Whether a firm's code of conduct and website name the route, per report year; unknown until it says so."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="route_mentions")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    year = models.CharField(max_length=12)
    in_code = models.BooleanField(_("our code of conduct names the route"))
    in_code_since = models.DateField(_("since"), null=True, blank=True)
    code_link = models.URLField(_("link to the code of conduct"), max_length=300, blank=True)
    on_website = models.BooleanField(_("our website names the route"))
    website_link = models.URLField(_("link to the page"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = FencedManager(organisation="organisation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "agreement", "year"], name="awareness_one_mention_a_year")
        ]

    def __str__(self) -> str:
        return f"mention {self.year}"
