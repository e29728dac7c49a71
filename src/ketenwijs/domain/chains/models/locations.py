"""The secretariat's register of locations of one agreement. Two fences: no firm's page ever stands in the second one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.chains.models.chains import Site
from ketenwijs.foundation.access.fence import FencedManager


class SharedSite(models.Model):
    """A place as the secretariat of one agreement knows it, whatever its members call it.

    Rows are never deleted: a merged one points to the one that stands for it, so old numbers keep resolving.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        MOVED = "moved", _("moved")
        CLOSED = "closed", _("closed")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, help_text="a code of the site kinds")
    name = models.CharField(max_length=200)
    other_names = models.JSONField(default=list, help_text="the same place in local script or other spellings")
    place = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    state_on = models.DateField(null=True, blank=True, help_text="since when it is moved or closed")
    moved_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="moved_from")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged_here")
    current = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="stands_for",
        help_text="the location at the end of all merges; itself where it was not merged",
    )  # fmt: skip
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = FencedManager(agreement="agreement")

    class Meta:
        indexes = [models.Index(fields=["agreement", "country", "name"], name="chains_locations_by_country")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_merged(self) -> bool:
        """Whether another location stands for this one now."""
        return self.merged_into_id is not None


class SharedSiteIdentifier(models.Model):
    """One number of a location in one scheme, with the day on which somebody checked it."""

    class Scheme(models.TextChoices):
        OS_ID = "os_id", _("OS ID")
        LEI = "lei", _("LEI")
        GLN = "gln", _("GLN")
        LICENCE = "licence", _("licence number")

    shared = models.ForeignKey(SharedSite, on_delete=models.PROTECT, related_name="identifiers")
    scheme = models.CharField(max_length=10, choices=Scheme.choices)
    value = models.CharField(max_length=60)
    checked_on = models.DateField()

    objects = FencedManager(agreement="shared__agreement")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shared", "scheme", "value"], name="chains_location_number_once")
        ]
        indexes = [models.Index(fields=["scheme", "value"], name="chains_location_by_number")]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"


class SiteMatch(models.Model):
    """What a person of the secretariat decided: a firm's site is, or is not, this location. Undone, never deleted.

    A proposal's probability and reasons are kept as they were shown.
    """

    class Way(models.TextChoices):
        PROPOSAL = "proposal", _("proposal looked at")
        LIST = "list", _("list of sure proposals confirmed")
        BY_HAND = "by_hand", _("found by hand")
        NEW = "new", _("registered as a new location")
        SPLIT = "split", _("split off")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    # A firm's own rows must go as if this one were not there: no refusal may ever tell that they are matched.
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="matches")
    shared = models.ForeignKey(SharedSite, on_delete=models.PROTECT, related_name="matches")
    is_same = models.BooleanField()
    way = models.CharField(max_length=10, choices=Way.choices)
    probability = models.FloatField(null=True, blank=True)
    reasons = models.JSONField(default=list)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = FencedManager(organisation="site__organisation", agreement="agreement")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "agreement"],
                condition=models.Q(is_same=True, undone_at__isnull=True),
                name="chains_one_running_match",
            ),
            models.UniqueConstraint(
                fields=["site", "shared"],
                condition=models.Q(is_same=False, undone_at__isnull=True),
                name="chains_one_running_refusal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {'is' if self.is_same else 'is not'} {self.shared_id}"


class SharedSiteChange(models.Model):
    """What happened to a location: registered, corrected, numbered, closed, moved, merged, split; and to which other one."""

    class What(models.TextChoices):
        REGISTERED = "registered", _("registered")
        CHANGED = "changed", _("corrected")
        NUMBERED = "numbered", _("number added")
        CLOSED = "closed", _("closed")
        MOVED = "moved", _("moved to another place")
        REOPENED = "reopened", _("opened again")
        MERGED = "merged", _("merged into another location")
        UNMERGED = "unmerged", _("merge undone")
        SPLIT = "split", _("split: a part became a location of its own")

    shared = models.ForeignKey(SharedSite, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=12, choices=What.choices)
    other = models.ForeignKey(SharedSite, on_delete=models.PROTECT, null=True, related_name="changes_elsewhere")
    details = models.JSONField(default=dict, help_text="what stood there before")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager(agreement="shared__agreement")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.what} {self.shared_id}"
