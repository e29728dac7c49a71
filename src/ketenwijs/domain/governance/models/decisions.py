"""Decisions of the bodies of an agreement."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.models import Membership
from ketenwijs.domain.governance.models.bodies import Body, Meeting
from ketenwijs.domain.governance.models.rows import AgreementRow


class Decision(AgreementRow):
    """One decision as it was taken; never edited, only superseded by a later one.

    Without a meeting it was taken in writing. `term` and `new_end_on` belong to an extension; `party_name` and
    `membership` to an accession or exit, where the membership is tied when it begins or ends here.
    """

    kind = models.CharField(_("kind"), max_length=30)
    title = models.CharField(_("what was decided"), max_length=200)
    text = models.TextField(_("the decision in full"), blank=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    decided_on = models.DateField(_("decided on"))
    effective_on = models.DateField(_("in force on"))
    by_consensus = models.BooleanField(_("by consensus"), default=False)
    votes_for = models.PositiveSmallIntegerField(_("votes for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("votes against"), null=True, blank=True)
    votes_abstain = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)
    dissent = models.TextField(_("dissent noted"), blank=True)
    effect = models.TextField(_("what follows from it"))
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    term = models.CharField(_("term"), max_length=40, blank=True)
    new_end_on = models.DateField(_("new last day of the term"), null=True, blank=True)
    party_name = models.CharField(_("party"), max_length=160, blank=True)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(by_consensus=True, votes_for__isnull=True)
                | models.Q(by_consensus=False, votes_for__isnull=False),
                name="governance_consensus_or_votes",
                violation_error_message=_("By consensus or with votes: choose one of the two."),
            )
        ]
        indexes = [models.Index(fields=["agreement", "decided_on"], name="governance_decisions")]

    def __str__(self) -> str:
        return self.title
