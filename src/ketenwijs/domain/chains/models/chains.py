"""Suppliers, sites, chains with their links, and the intake batches they came from. All fenced by owner."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.access.fence import FencedManager
from ketenwijs.foundation.files.models import StoredFile


class Supplier(models.Model):
    """Somebody the firm buys from, as the firm itself writes the name; never shared between firms."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="suppliers")
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2, blank=True)

    objects = FencedManager(organisation="organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name", "country"], name="chains_supplier_once")]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """A place where stone is won or worked; kind is a code of `site-kinds.yaml`."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sites")
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    local_name = models.CharField(max_length=200, blank=True, help_text="in the script of the place itself")
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged", help_text="the same place"
    )
    merged_links = models.JSONField(default=list, help_text="numbers of links that went along when it was merged")

    objects = FencedManager(organisation="organisation")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "name", "place", "country"], name="chains_site_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ClosedYear(models.Model):
    """A firm's chains of one report year after hand-in for one agreement: read only until reopened."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="closed_chain_years")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    year = models.CharField(max_length=12)
    closed_at = models.DateTimeField(auto_now_add=True)

    objects = FencedManager(organisation="organisation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "agreement", "year"], name="chains_year_closed_once")
        ]

    def __str__(self) -> str:
        return f"chains {self.year} closed"


class IntakeBatch(models.Model):
    """One uploaded sheet on its way to chains: reading, corrected mapping and rows, confirmed once or
    dropped.
    """

    class State(models.TextChoices):
        OPEN = "open", _("to be checked")
        CONFIRMED = "confirmed", _("taken over")
        DROPPED = "dropped", _("dropped")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="intake_batches")
    year = models.CharField(max_length=12)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, help_text="of the file as uploaded, to recognise it again")
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    reading = models.JSONField(help_text="what the reader found: records, faults, tables")
    mapping = models.JSONField(default=dict, help_text="columns corrected by the person")
    row_edits = models.JSONField(default=dict, help_text="rows corrected or left out by the person")
    result = models.JSONField(default=dict, help_text="counts after confirmation")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = FencedManager(organisation="organisation")

    class Meta:
        indexes = [models.Index(fields=["organisation", "year", "sha256"], name="chains_sheet_again")]

    def __str__(self) -> str:
        return f"batch {self.pk}"


class ColumnChoice(models.Model):
    """What a firm said one column of its sheets holds; the next sheet with the same headings starts from it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="column_choices")
    headings = models.CharField(max_length=64, help_text="checksum of the headings of the table")
    column = models.PositiveSmallIntegerField(help_text="counted from 0")
    field = models.CharField(max_length=30, blank=True, help_text="empty: leave the column out")

    objects = FencedManager(organisation="organisation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "headings", "column"], name="chains_column_choice_once")
        ]

    def __str__(self) -> str:
        return f"column {self.column}"


class Chain(models.Model):
    """One material's way from site to site through a supplier to the firm, in one report year."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="chains")
    year = models.CharField(max_length=12)
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT, related_name="chains")
    material = models.CharField(max_length=30)
    tonnes = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    tonnes_band = models.CharField(max_length=30, blank=True, help_text="code of a band, where no figure is known")
    value_eur = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    batch = models.ForeignKey(IntakeBatch, on_delete=models.PROTECT, null=True, related_name="chains")
    rows = models.JSONField(default=list, help_text="sheet and row each part came from")
    carried_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, help_text="the firm said: this is still so")
    version = models.PositiveIntegerField(default=1)

    objects = FencedManager(organisation="organisation")

    class Meta:
        indexes = [models.Index(fields=["organisation", "year"], name="chains_by_firm_and_year")]

    def __str__(self) -> str:
        return f"{self.material} from {self.supplier_id}"


class LeftOut(models.Model):
    """A chain of the firm's one file that it does not hand in for an agreement; all others count there."""

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="left_out")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")

    objects = FencedManager(organisation="chain__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "agreement"], name="chains_left_out_once")]

    def __str__(self) -> str:
        return f"{self.chain_id} not for {self.agreement_id}"


class Link(models.Model):
    """One place on a chain's way. Unknown is a value of its own, with the date on which the firm asked."""

    class Confidence(models.TextChoices):
        STATED = "stated", _("stated by the supplier")
        DOCUMENTED = "documented", _("shown by a document")
        VISITED = "visited", _("seen on site")

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="links")
    tier = models.PositiveSmallIntegerField(help_text="1 is nearest to the firm")
    kind = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField(default=0, help_text="0 is the first; others stand beside it")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="links")
    country = models.CharField(
        max_length=2, blank=True, help_text="as stated; no proof of origin where site is unknown"
    )
    asked_on = models.DateField(null=True, blank=True)
    confidence = models.CharField(max_length=12, choices=Confidence.choices, default=Confidence.STATED)
    may_name_area = models.BooleanField(default=True, help_text="the area may appear in the published list")
    source = models.CharField(max_length=200, blank=True)

    objects = FencedManager(organisation="chain__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "tier", "kind", "position"], name="chains_link_once")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.chain_id}"

    @property
    def is_unknown(self) -> bool:
        """Whether the place is not known (yet)."""
        return self.site_id is None
