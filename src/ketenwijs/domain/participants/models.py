"""Organisations, their checked identifiers and their contacts."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

REFERENCE_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_reference() -> str:
    """Eight characters that are easy to read aloud; permanent, for addresses. For looks, never for access."""
    return "".join(secrets.choice(REFERENCE_ALPHABET) for _place in range(8))


class Organisation(models.Model):
    """A company, authority, party, supporter or secretariat. Kind and subkind are codes of
    `organisation-kinds.yaml`.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=30)
    subkind = models.CharField(_("trade or kind of authority"), max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=2)
    place = models.CharField(_("place"), max_length=120, blank=True)
    website = models.URLField(_("website"), blank=True)
    employees = models.PositiveIntegerField(_("number of employees"), null=True, blank=True)
    holding = models.CharField(
        max_length=200, blank=True, help_text="the group of companies it belongs to, as the secretariat writes it"
    )
    is_example = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "name"], name="participants_by_kind")]

    def __str__(self) -> str:
        return self.name


class Identifier(models.Model):
    """One number in one public register, for example KvK, KBO, VAT or LEI, checked for shape and check
    digit.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=20)
    value = models.CharField(max_length=40)
    checked_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="participants_identifier_once"),
            models.UniqueConstraint(fields=["organisation", "scheme"], name="participants_one_per_scheme"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


class Contact(models.Model):
    """Somebody at an organisation, with or without an account, in one function for a time."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="contacts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="contacts")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    function = models.CharField(_("function"), max_length=80, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
