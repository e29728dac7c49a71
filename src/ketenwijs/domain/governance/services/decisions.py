"""Recording decisions, superseding them, and carrying out the accession or exit of a party."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.agreements.selectors import definition_of, membership_on
from ketenwijs.domain.agreements.services import join, leave
from ketenwijs.domain.governance import states, vocabulary
from ketenwijs.domain.governance.models import Body, Decision, Meeting
from ketenwijs.domain.governance.services import writing
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.ui.errors import DomainError

DECISION_FIELDS = (
    "title", "text", "meeting", "decided_on", "effective_on", "by_consensus", "votes_for", "votes_against",
    "votes_abstain", "dissent", "effect", "term", "new_end_on", "party_name",
)  # fmt: skip
VOTES = ("votes_for", "votes_against", "votes_abstain")


@transaction.atomic
def record_decision(
    *,
    actor: Viewer,
    body: Body,
    kind: str,
    values: Mapping[str, Any],
    supersedes: Decision | None = None,
    today: date | None = None,
    is_example: bool = False,
) -> Decision:
    """Record what a body decided: in a meeting that was held (its day counts), or in writing on `decided_on`.

    Either by consensus or with votes; what was noted against it stands in `dissent`. An extension names the term and its
    new last day; an accession or exit names the party. A decision is never changed: one that `supersedes` another of the
    same agreement takes its place, once.
    """
    agreement = body.agreement
    writing.managers_only(actor, agreement)
    writing.known_fields(values, DECISION_FIELDS)
    writing.one_of(kind, vocabulary.decision_kinds(), "kind")
    words = _with_day({name: value for name, value in values.items() if value is not None}, body)
    day = today or timezone.localdate()
    _taken(words, body, day)
    _counted(words)
    _asked(agreement, kind, words)
    if supersedes is not None:
        _may_take_place_of(agreement, supersedes, words["decided_on"])
    decision = Decision.objects.create(
        agreement=agreement, body=body, kind=kind, supersedes=supersedes, is_example=is_example, **words
    )
    writing.note(
        actor, agreement, "decision.recorded", decision, kind=kind, title=decision.title, body=body.pk,
        decided_on=decision.decided_on, supersedes=supersedes.pk if supersedes else None,
    )  # fmt: skip
    return decision


@transaction.atomic
def carry_out_accession(
    *, actor: Viewer, decision: Decision, organisation: Organisation, section: str = ""
) -> Membership:
    """Begin the membership of the party that a decision let in, on the day the decision came into force.

    A membership as party that runs already is tied to the decision instead. Refuses a decision of another kind, one that
    was superseded or carried out, and (like every joining) a day in the future.
    """
    agreement = decision.agreement
    writing.managers_only(actor, agreement)
    _to_carry_out(decision, "accession")
    party = Membership.Kind.PARTY
    membership = membership_on(agreement, organisation, decision.effective_on, party)
    if membership is None:
        membership = join(
            actor=actor,
            agreement=agreement,
            organisation=organisation,
            kind=party,
            joined_on=decision.effective_on,
            section=section,
        )
    _tie(actor, decision, membership)
    return membership


@transaction.atomic
def carry_out_exit(*, actor: Viewer, decision: Decision, membership: Membership, reason: str) -> Membership:
    """End the membership of the party that a decision lets go, on the day the decision is in force.

    `reason` is a code of the agreement's reasons of leaving.
    """
    agreement = decision.agreement
    writing.managers_only(actor, agreement)
    _to_carry_out(decision, "exit")
    if membership.agreement_id != agreement.pk or membership.kind != Membership.Kind.PARTY:
        writing.refuse(_("This is no party of the agreement. Choose another."), membership=_("Choose a party."))
    ended = leave(actor=actor, membership=membership, left_on=decision.effective_on, reason=reason, note=decision.title)
    _tie(actor, decision, ended)
    return ended


def _with_day(words: dict[str, Any], body: Body) -> dict[str, Any]:
    """The day of the meeting is the day of the decision; it is in force at once unless said otherwise."""
    meeting: Meeting | None = words.get("meeting")
    if meeting is not None:
        if meeting.body_id != body.pk:
            writing.refuse(_("This meeting is of another body. Choose again."), meeting=_("Of another body."))
        words["decided_on"] = meeting.day
    if not words.get("decided_on"):
        writing.refuse(
            _("Choose the meeting, or fill in the day on which it was decided in writing."),
            decided_on=_("Fill in the day."),
        )
    words.setdefault("effective_on", words["decided_on"])
    return words


def _taken(words: Mapping[str, Any], body: Body, today: date) -> None:
    """A decision lies behind us, was taken by a body that existed, and not in a meeting that never was."""
    meeting: Meeting | None = words.get("meeting")
    if meeting is not None and meeting.state not in (states.HELD, states.APPROVED):
        writing.refuse(_("This meeting was not held (yet). Record that first."), meeting=_("Not held."))
    if words["decided_on"] > today:
        writing.refuse(_("A decision cannot be recorded before it is taken."), decided_on=_("In the future."))
    if not body.exists_on(words["decided_on"]):
        writing.refuse(_("The body did not exist on this day. Correct the date."), decided_on=_("Outside its time."))


def _counted(words: dict[str, Any]) -> None:
    """Consensus or votes, never both, and never more against than for."""
    given = [name for name in VOTES if words.get(name) is not None]
    if words.get("by_consensus"):
        if given:
            writing.refuse(
                _("By consensus or with votes, not both. Empty the votes or take the tick away."),
                votes_for=_("Leave empty with consensus."),
            )
        return
    if not given:
        writing.refuse(
            _("Say that it was decided by consensus, or fill in the votes."), votes_for=_("Fill in the votes.")
        )
    words.update({name: words.get(name) or 0 for name in VOTES})
    if words["votes_for"] == 0 or words["votes_against"] > words["votes_for"]:
        writing.refuse(
            _("With these votes it was not decided. Correct them; a proposal that was rejected stands in the minutes."),
            votes_for=_("Too few votes for."),
        )


def _asked(agreement: Agreement, kind: str, words: dict[str, Any]) -> None:
    """What a kind of decision must say besides; other kinds leave it empty."""
    asks = vocabulary.decision_kinds()[kind].asks
    if asks == "extension":
        writing.known_term(agreement, words.get("term", ""))
        term = next(one for one in definition_of(agreement).terms if one.code == words["term"])
        new_end = words.get("new_end_on")
        if new_end is None or new_end <= (term.ends_on or term.starts_on):
            writing.refuse(
                _("The new last day lies after the one that was agreed first. Correct the date."),
                new_end_on=_("Too early."),
            )
    elif words.get("term") or words.get("new_end_on"):
        raise DomainError(_("Only an extension names a term and its new last day."))
    if asks in ("accession", "exit"):
        if not words.get("party_name", "").strip():
            writing.refuse(_("Say which party it is about."), party_name=_("Fill in the party."))
    elif words.get("party_name"):
        raise DomainError(_("Only an accession or an exit names a party."))


def _may_take_place_of(agreement: Agreement, old: Decision, decided_on: date) -> None:
    writing.same_agreement(agreement, old)
    locked = Decision.objects.select_for_update().get(pk=old.pk)
    if Decision.objects.filter(supersedes=locked).exists():
        raise DomainError(_("This decision was superseded already. Supersede the later one instead."))
    if decided_on < old.decided_on:
        writing.refuse(
            _("A later decision supersedes an earlier one. Correct the date."),
            decided_on=_("Before the earlier decision."),
        )


def _to_carry_out(decision: Decision, asks: str) -> None:
    locked = Decision.objects.select_for_update().get(pk=decision.pk)
    if vocabulary.decision_kinds()[locked.kind].asks != asks:
        raise DomainError(_("Nothing follows from this kind of decision here."))
    if locked.membership_id is not None:
        raise DomainError(_("This decision was carried out already. Reload the page."))
    if Decision.objects.filter(supersedes=locked).exists():
        raise DomainError(_("This decision was superseded. Carry out the later one instead."))


def _tie(actor: Viewer, decision: Decision, membership: Membership) -> None:
    """The words of the decision stay; only what came of it is tied to it, once."""
    Decision.objects.filter(pk=decision.pk, membership__isnull=True).update(membership=membership)
    decision.refresh_from_db()
    writing.note(actor, decision.agreement, "decision.carried_out", decision, membership=membership.pk)
