"""Who may do what with rounds and dossiers; assessor and second reader are never the same person."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ketenwijs.domain.assessments.models import Dossier, Outcome, Round
from ketenwijs.domain.assessments.requirements import is_private
from ketenwijs.domain.assessments.states import CONFIRMED, COUNTED, DECIDED, DRAFT, FINAL, HANDED_IN, HEARING, PUBLISHED
from ketenwijs.foundation.access.viewer import AGREEMENT, Scope, Viewer, agreement_scope, organisation_scope

FINDINGS_SHOWN_TO_FIRM = (HEARING, FINAL, DECIDED, CONFIRMED, PUBLISHED, COUNTED)


def scopes_of(dossier: Dossier) -> list[Scope]:
    """Scopes within which a right over this dossier may be held: its firm and its agreement."""
    return [organisation_scope(dossier.organisation_id), agreement_scope(dossier.round.agreement.slug)]


def visible(viewer: Viewer, dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Only the dossiers this viewer may open: of the firm acted for, or of agreements whose board they may see."""
    if viewer.is_system:
        return dossiers
    allowed = Q(round__agreement__slug__in=viewer.keys_with("assessments.see_board", AGREEMENT))
    if viewer.acting_for and viewer.holds("assessments.see_own", organisation_scope(viewer.acting_for)):
        allowed |= Q(organisation_id=viewer.acting_for)
    return dossiers.filter(allowed)


def is_own(viewer: Viewer, dossier: Dossier) -> bool:
    """Whether the viewer looks as the firm itself."""
    return viewer.acting_for == dossier.organisation_id


def may_see_findings(viewer: Viewer, dossier: Dossier) -> bool:
    """Staff always; the firm once the draft findings were sent (before that they are the assessor's notes).

    Where nobody is judged there are none to see.
    """
    shown = not is_own(viewer, dossier) or dossier.state in FINDINGS_SHOWN_TO_FIRM
    return shown and not is_private(dossier)


def may_read_answers(viewer: Viewer, dossier: Dossier) -> bool:
    """The firm its own; staff only where answers are judged one by one (a self-assessment is read in totals only)."""
    return is_own(viewer, dossier) or not is_private(dossier)


def may_see_totals(viewer: Viewer, round_: Round) -> bool:
    """See what the round adds up to: whoever may see its board."""
    return viewer.holds("assessments.see_board", agreement_scope(round_.agreement.slug))


def may_record_size(viewer: Viewer, dossier: Dossier) -> bool:
    """Write the size figure: the firm while it fills in, the assessor while the report is judged."""
    if is_own(viewer, dossier):
        return dossier.state == DRAFT and may_hand_in(viewer, dossier)
    return may_assess(viewer, dossier)


def may_manage_round(viewer: Viewer, round_: Round) -> bool:
    """Open, close and plan rounds."""
    return viewer.holds("assessments.manage_rounds", agreement_scope(round_.agreement.slug))


def may_assign(viewer: Viewer, dossier: Dossier) -> bool:
    """Say who advises, assesses and reads second."""
    return viewer.holds("assessments.assign", agreement_scope(dossier.round.agreement.slug))


def may_assess(viewer: Viewer, dossier: Dossier) -> bool:
    """Write findings: the assigned assessor, or anyone with the right while nobody is assigned.

    Nobody where answers are not judged.
    """
    if not viewer.holds("assessments.assess", agreement_scope(dossier.round.agreement.slug)):
        return False
    if viewer.is_system or viewer.person is None:
        return viewer.is_system
    free_or_own = dossier.assessor_id in (None, viewer.person.pk)
    at_work = free_or_own and dossier.adviser_id != viewer.person.pk and dossier.state in (HANDED_IN, FINAL)
    return at_work and not is_private(dossier)


def may_confirm(viewer: Viewer, dossier: Dossier) -> bool:
    """Read second: never the assessor who decided, never the firm's adviser (security case 49)."""
    if not viewer.holds("assessments.confirm", agreement_scope(dossier.round.agreement.slug)):
        return False
    if viewer.person is None or dossier.state != DECIDED:
        return False
    if viewer.person.pk in (dossier.assessor_id, dossier.adviser_id):
        return False
    return dossier.second_reader_id in (None, viewer.person.pk) and not _decided(viewer.person.pk, dossier)


def may_publish(viewer: Viewer, dossier: Dossier) -> bool:
    """Publish a confirmed outcome: anyone with the right but the assessor whose proposal it was."""
    if not viewer.holds("assessments.publish", agreement_scope(dossier.round.agreement.slug)):
        return False
    if viewer.person is None or dossier.state != CONFIRMED or viewer.person.pk == dossier.assessor_id:
        return False
    return not _decided(viewer.person.pk, dossier)


def _decided(person_pk: int, dossier: Dossier) -> bool:
    """Whether this person decided on the running outcome; dividing the work anew does not undo that."""
    return Outcome.objects.filter(dossier=dossier, superseded_by=None, decided_by=person_pk).exists()


def may_hand_in(viewer: Viewer, dossier: Dossier) -> bool:
    """Hand in for the firm acted for."""
    return is_own(viewer, dossier) and viewer.holds("assessments.hand_in", organisation_scope(dossier.organisation_id))


def may_take_back(viewer: Viewer, dossier: Dossier) -> bool:
    """Take back what was handed in: only where nobody judges it, and until the round is closed."""
    open_still = dossier.state == HANDED_IN and dossier.round.closed_at is None
    return may_hand_in(viewer, dossier) and open_still and is_private(dossier)


def may_reply(viewer: Viewer, dossier: Dossier) -> bool:
    """Reply to draft findings while they are with the firm."""
    own = is_own(viewer, dossier) and viewer.holds("assessments.reply", organisation_scope(dossier.organisation_id))
    return own and dossier.state == HEARING
