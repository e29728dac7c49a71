"""Handing a case to an outside body: asked in the thread, given only after a yes that the member's browser checked.

The server cannot read the answer. It refuses what it can see: nobody asked, nothing came after the question, a message
that the member has not seen came in between, a body that is no longer in force, a state without a way out.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ketenwijs.complaints.cases import policies
from ketenwijs.complaints.cases.definitions import kinds
from ketenwijs.complaints.cases.models import Case, Transfer
from ketenwijs.complaints.cases.selectors import newest_transfer, next_sequence
from ketenwijs.complaints.cases.services.moving import move_case
from ketenwijs.complaints.cases.services.writing import Letter, add_message
from ketenwijs.complaints.committee.selectors import Member
from ketenwijs.complaints.committee.terms import body_in_force
from ketenwijs.complaints.sealing.payloads import INTAKE
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion


@transaction.atomic
def ask_transfer(*, actor: Member, case: Case, body: str, question: Letter) -> Transfer:
    """Ask the person, in the thread, whether the case may go to the outside body of a code.

    Refuses a body that is not in force, a case that cannot be transferred from where it stands, and members who may not
    keep the case. Asked again, only the newest question counts.
    """
    case = _free(actor, case)
    if not policies.may_keep(actor):
        raise NotAllowed(_("Your function in the committee does not allow this step."))
    if body_in_force(body) is None:
        raise DomainError(_("This outside body is not in force now. Reload the page to see which one is."))
    if not can_transfer(case):
        raise DomainError(
            _("From this state the case cannot be handed over. First bring it to a state in which it can.")
        )
    add_message(case=case, name=INTAKE, sequence=question.sequence, sealed=question.sealed)
    asked = Transfer.objects.create(case=case, body=body, question=question.sequence, asked_on=timezone.localdate())
    record(actor=actor, event="cases.transfer.asked", subject=case, values={"body": body})
    return asked


@transaction.atomic
def give_transfer(
    *, actor: Member, case: Case, question: int, answer: int, seen: str, reasons: Letter, told: Letter
) -> Case:
    """Move the case to its outside body. `question` and `answer`: numbers of the two messages that the member's browser
    found signed; `told`: the sentence for the person, sealed in the thread; `reasons`: sealed within the committee.

    Refuses without a question of ours, without a message after it, with a word of the person that came in meanwhile (it
    may take the yes back), and whatever the move itself refuses.
    """
    case = _free(actor, case)
    asked = newest_transfer(case)
    if asked is None or asked.given_on is not None or asked.question != question:
        raise DomainError(_("The person was not asked whether this may be handed over. Ask first, and wait for a yes."))
    if body_in_force(asked.body) is None:
        raise DomainError(_("This outside body is not in force now. Reload the page to see which one is."))
    if not question < answer < next_sequence(case, INTAKE):
        raise DomainError(_("The person has not answered yet. Without a yes nothing is handed over."))
    if told.sequence != next_sequence(case, INTAKE):
        raise StaleVersion(_("The person wrote in the meantime and may have taken the yes back. Open the case again."))
    move_case(
        actor=actor,
        case=case,
        move=policies.TRANSFER,
        seen=seen,
        sequence=reasons.sequence,
        sealed=reasons.sealed,
        agreed=True,
    )
    add_message(case=case, name=INTAKE, sequence=told.sequence, sealed=told.sealed)
    asked.answer, asked.given_on = answer, timezone.localdate()
    asked.save(update_fields=["answer", "given_on"])
    record(actor=actor, event="cases.transfer.given", subject=case, values={"body": asked.body})
    return Case.objects.get(pk=case.pk)


@transaction.atomic
def note_repeated(*, actor: Member, case: Case) -> None:
    """The package of a case that went to its body is made once more. Refuses for a case that did not go."""
    case = _free(actor, case)
    asked = newest_transfer(case)
    if asked is None or asked.given_on is None or not policies.may_move(actor, policies.TRANSFER):
        raise NotAllowed(_("Only a case that was handed over has a package."))
    record(actor=actor, event="cases.transfer.repeated", subject=case, values={"body": asked.body})


def can_transfer(case: Case) -> bool:
    """Whether the kind of case has a way to another body from where it stands."""
    step = kinds().machine(case.kind).moves.get(policies.TRANSFER)
    return step is not None and case.state in step.sources and case.suspended_week is None


def _free(actor: Member, case: Case) -> Case:
    if not policies.has_declared_free(actor, case):
        raise NotAllowed(_("First declare whether you have an interest in this case."))
    return Case.objects.select_for_update().get(pk=case.pk)
