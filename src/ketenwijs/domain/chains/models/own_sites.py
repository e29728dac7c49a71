"""What a firm knows of its own sites beside name and place: numbers, and people whom no register knows."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models

from ketenwijs.domain.chains.models.chains import Site
from ketenwijs.domain.chains.models.locations import SharedSiteIdentifier
from ketenwijs.foundation.access.fence import FencedManager


class SiteNumber(models.Model):
    """A number of a firm's site in some register, with the day on which the firm looked it up."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="numbers")
    scheme = models.CharField(max_length=20, choices=SharedSiteIdentifier.Scheme.choices)
    value = models.CharField(max_length=60)
    checked_on = models.DateField(null=True, blank=True)

    objects = FencedManager(organisation="site__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "scheme", "value"], name="chains_site_number_once")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


class PeopleGroup(models.Model):
    """People at a site who stand in no register, as a range: home workers, gangs of a contractor.

    Their number in a report year, and how the firm knows; never a person.
    """

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="people")
    year = models.CharField(max_length=12)
    kind = models.CharField(max_length=30, help_text="a code of people-kinds.yaml")
    at_least = models.PositiveIntegerField(validators=[MinValueValidator(0)])
    at_most = models.PositiveIntegerField(null=True, blank=True, help_text="empty: nobody knows how many more")
    how_known = models.CharField(max_length=300)

    objects = FencedManager(organisation="site__organisation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "year", "kind"], name="chains_people_once"),
            models.CheckConstraint(
                condition=models.Q(at_most__isnull=True) | models.Q(at_most__gte=models.F("at_least")),
                name="chains_people_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at_least}-{self.at_most}"


class SitesApart(models.Model):
    """That two sites of a firm that look alike are two places: its own decision, so that it is not asked again.

    `one` is the site with the lower number.
    """

    one = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")

    objects = FencedManager(organisation="one__organisation")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="chains_sites_apart_once")]

    def __str__(self) -> str:
        return f"{self.one_id} is not {self.other_id}"
