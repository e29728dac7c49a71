"""Public copies, append-only."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

UNCHANGEABLE = "publications are never changed or deleted: publish a newer copy or withdraw this one"


class PublicationRows(models.QuerySet["Publication"]):
    """Refuses changes to stored copies in bulk, so that no service can make one by accident."""

    def update(self, **values: Any) -> NoReturn:
        """Always refused."""
        raise TypeError(UNCHANGEABLE)

    def delete(self) -> NoReturn:
        """Always refused."""
        raise TypeError(UNCHANGEABLE)


class Publication(models.Model):
    """One reviewed copy, or the record that the copy before it was withdrawn.

    Of one kind and key the highest sequence whose `effective_on` has come is in force.
    """

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=160)
    sequence = models.PositiveIntegerField()
    payload = models.JSONField(help_text="exactly what the public page shows; empty for a withdrawal")
    checksum = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    effective_on = models.DateField()
    published_by_name = models.CharField(max_length=120)
    address = models.CharField(max_length=300, unique=True)
    is_withdrawal = models.BooleanField(default=False)
    withdrawal_reason = models.TextField(blank=True)
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="superseded_by",
        help_text="the copy before it",
    )

    objects = PublicationRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key", "sequence"], name="publishing_one_per_sequence")]
        indexes = [
            models.Index(fields=["kind", "effective_on"], name="publishing_by_kind"),
            # What is in force is found in these alone: reading past a large payload costs more than all the rest of a page.
            models.Index(
                fields=["kind", "key", "sequence", "effective_on", "is_withdrawal"], name="publishing_in_force"
            ),
            models.Index(fields=["published_at"], name="publishing_by_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} #{self.sequence}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new copy; a stored one is refused."""
        if not self._state.adding:
            raise TypeError(UNCHANGEABLE)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Always refused."""
        raise TypeError(UNCHANGEABLE)


class FrozenInputRows(models.QuerySet["FrozenInputs"]):
    """Refuses changes in bulk, as those of the copies themselves."""

    def update(self, **values: Any) -> NoReturn:
        """Always refused."""
        raise TypeError(UNCHANGEABLE)

    def delete(self) -> NoReturn:
        """Always refused."""
        raise TypeError(UNCHANGEABLE)


class FrozenInputs(models.Model):
    """What a copy was worked out from, as it was then; never public, so that anybody trusted can work it out again."""

    publication = models.OneToOneField(Publication, on_delete=models.PROTECT, related_name="frozen_inputs")
    inputs = models.JSONField(help_text="everything the rules were given; who contributed is a number without a name")
    checksum = models.CharField(max_length=64)

    objects = FrozenInputRows.as_manager()

    def __str__(self) -> str:
        return f"inputs of {self.publication_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store new inputs; stored ones are refused."""
        if not self._state.adding:
            raise TypeError(UNCHANGEABLE)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Always refused."""
        raise TypeError(UNCHANGEABLE)
