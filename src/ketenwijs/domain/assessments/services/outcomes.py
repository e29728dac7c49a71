"""The outcome: proposed by rule, decided by the assessor with a reason, read by a second person, then published."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.services import set_level
from ketenwijs.domain.assessments import messages, policies
from ketenwijs.domain.assessments.instruments import case_of, instrument_of, scheme_of
from ketenwijs.domain.assessments.models import Dossier, Finding, Outcome
from ketenwijs.domain.assessments.publications import outcome_payload
from ketenwijs.domain.assessments.services.moving import move_dossier
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.publishing.services import publish as publish_copy
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

AGGREGATE = "aggregate"


@transaction.atomic
def decide(*, actor: Viewer, dossier: Dossier, value: str, reason: str) -> Outcome:
    """Record the assessor's decision on level or colour and put it to the second reader.

    A reason in words is always required. Refuses values the agreement does not know and requirements without a final
    finding; findings nobody replied to are final as drafted.
    """
    if not policies.may_assess(actor, dossier):
        raise NotAllowed(_("Only the assessor of this report may decide on its outcome."))
    scheme = scheme_of(dossier)
    if value not in {one.code for one in scheme.outcomes}:
        raise DomainError(_("Choose an outcome."), fields={"value": _("Choose one of the outcomes.")})
    if not reason.strip():
        raise DomainError(
            _("Write why this is the outcome. The company reads this reason."),
            fields={"reason": _("A reason is needed.")},
        )
    _settle_findings_without_reply(dossier)
    instrument, case = instrument_of(dossier), case_of(dossier)
    proposal = instrument.propose(case)
    outcome = Outcome.objects.create(
        dossier=dossier,
        scheme=scheme.code,
        proposed=proposal.value,
        proposal=asdict(proposal),
        value=value,
        number=instrument.number_for(case, value, proposal),
        reason=reason.strip(),
        decided_by=actor.person,
        supersedes=Outcome.objects.filter(dossier=dossier, superseded_by=None).first(),
    )
    move_dossier(
        actor=actor,
        dossier=dossier,
        name="decide",
        values={"proposed": proposal.value, "decided": value, "reason": reason},
    )
    messages.decided(dossier)
    return outcome


def _settle_findings_without_reply(dossier: Dossier) -> None:
    """A finding nobody contradicted is final as drafted; one with a reply must have been looked at again."""
    waiting = Finding.objects.filter(dossier=dossier, final_verdict="").exclude(reply="").count()
    if waiting:
        raise DomainError(
            _("%(count)s findings have a reply that was not answered yet. Make these final first.") % {"count": waiting}
        )
    settled = list(Finding.objects.filter(dossier=dossier, final_verdict=""))
    for finding in settled:
        finding.final_verdict, finding.final_reason = finding.verdict, finding.reason
        finding.final_points = finding.points
    Finding.objects.bulk_update(settled, ["final_verdict", "final_reason", "final_points"])


def _latest(dossier: Dossier) -> Outcome:
    outcome = Outcome.objects.filter(dossier=dossier, superseded_by=None).order_by("-pk").first()
    if outcome is None:
        raise DomainError(_("There is no outcome yet. Decide on it first."))
    return outcome


@transaction.atomic
def confirm(*, actor: Viewer, dossier: Dossier) -> Outcome:
    """The second reader agrees. Refuses the assessor and the firm's adviser (security case 49)."""
    if not policies.may_confirm(actor, dossier):
        raise NotAllowed(
            _("The second reader must be somebody else than the assessor and the adviser of this company.")
        )
    outcome = _latest(dossier)
    Outcome.objects.filter(pk=outcome.pk).update(confirmed_by=actor.person, confirmed_at=timezone.now())
    Dossier.objects.filter(pk=dossier.pk).update(second_reader=actor.person)
    move_dossier(actor=actor, dossier=dossier, name="confirm", values={"outcome": outcome.pk})
    outcome.refresh_from_db()
    return outcome


@transaction.atomic
def send_back(*, actor: Viewer, dossier: Dossier, reason: str) -> None:
    """The second reader does not agree and says why; the assessor decides anew."""
    if not policies.may_confirm(actor, dossier):
        raise NotAllowed(
            _("The second reader must be somebody else than the assessor and the adviser of this company.")
        )
    move_dossier(actor=actor, dossier=dossier, name="send_back", reason=reason)


@transaction.atomic
def publish(*, actor: Viewer, dossier: Dossier, on: date) -> Outcome:
    """Make the outcome public as of a date: a reviewed copy goes to the register, the membership gets its new period.

    Where the agreement publishes totals only, nothing about this participant becomes public: the dossier closes and
    counts in the totals from that day on.
    """
    if not policies.may_publish(actor, dossier):
        raise NotAllowed(_("Publishing needs a confirmed outcome and somebody else than the assessor."))
    outcome = _latest(dossier)
    Outcome.objects.filter(pk=outcome.pk).update(published_on=on)
    outcome.published_on = on
    if scheme_of(dossier).published == AGGREGATE:
        move_dossier(actor=actor, dossier=dossier, name="close", values={"outcome": outcome.pk, "on": on.isoformat()})
        messages.closed(dossier)
        return outcome
    set_level(
        actor=actor,
        membership=dossier.membership,
        scheme=outcome.scheme,
        value=outcome.value,
        number=outcome.number,
        since=on,
        reason=outcome.reason,
        report_year=dossier.round.year,
    )
    publish_copy(
        actor=actor,
        kind="assessments.outcome",
        key=f"{dossier.round.agreement.slug}/{dossier.organisation.reference}",
        payload=outcome_payload(outcome, dossier, on),
        effective_on=on,
        chain=dossier.round.agreement.slug,
    )
    move_dossier(actor=actor, dossier=dossier, name="publish", values={"outcome": outcome.pk, "on": on.isoformat()})
    messages.published(dossier)
    return outcome
