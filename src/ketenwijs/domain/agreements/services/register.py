"""Taking over the present register on the first day: members, authorities, outcomes so far and links to
plans, at once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements import policies
from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.agreements.publications import publish_membership
from ketenwijs.domain.agreements.register.checking import RegisterRow
from ketenwijs.domain.agreements.register.columns import folded
from ketenwijs.domain.agreements.register.words import ORGANISATION_KINDS
from ketenwijs.domain.agreements.services.membership import join, leave, link_plan, set_level
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.domain.participants.selectors import organisation_with
from ketenwijs.domain.participants.services import register_organisation
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed


@dataclass(frozen=True)
class ImportResult:
    """What was taken over: memberships begun, memberships known already, outcomes and plan links added."""

    begun: int
    known: int
    outcomes: int
    plans: int


@transaction.atomic
def import_register(
    *, actor: Viewer, agreement: Agreement, rows: list[RegisterRow], are_examples: bool = False
) -> ImportResult:
    """Take over checked rows, all of them or none; doing it twice adds nothing twice.

    An organisation is recognised by its numbers, else by its name among those of this agreement. A refusal
    names the row of the sheet. Every act is journalled and every membership published as if it had been done
    by hand.
    """
    if not policies.may_manage_members(actor, agreement):
        raise NotAllowed(_("You may not take over a register. Ask the lead of the secretariat."))
    # One import at a time: a second confirmation of the same preview waits here and finds everything known.
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    by_name = _organisations_by_name(agreement)
    counted: Counter[str] = Counter()
    for row in sorted(rows, key=lambda one: (one.joined_on, one.rows[0])):
        try:
            counted.update(_take_over(actor, agreement, row, by_name, are_examples))
        except DomainError as error:
            raise DomainError(
                _("Row %(row)s (%(name)s): %(sentence)s Nothing was taken over.")
                % {"row": row.rows[0], "name": row.name, "sentence": error.sentence}
            ) from error
    result = ImportResult(counted["begun"], counted["known"], counted["outcomes"], counted["plans"])
    record(
        actor=actor,
        event="agreements.register.imported",
        subject=agreement,
        chain=agreement.slug,
        values={
            "begun": result.begun,
            "known": result.known,
            "outcomes": result.outcomes,
            "plans": result.plans,
        },
    )
    return result


def _organisations_by_name(agreement: Agreement) -> dict[str, Organisation]:
    """Organisations that are or were in this agreement, by folded name."""
    memberships = Membership.objects.filter(agreement=agreement).select_related("organisation")
    return {folded(one.organisation.name): one.organisation for one in memberships}


def _take_over(
    actor: Viewer,
    agreement: Agreement,
    row: RegisterRow,
    by_name: dict[str, Organisation],
    are_examples: bool,
) -> dict[str, int]:
    """One membership with its past; answers what was added."""
    organisation = organisation_with(row.identifiers) or by_name.get(folded(row.name))
    if organisation is None:
        organisation = register_organisation(
            actor=actor,
            name=row.name,
            kind=ORGANISATION_KINDS[row.kind],
            subkind=row.subkind,
            country=row.country,
            place=row.place,
            website=row.website,
            identifiers=row.identifiers,
            is_example=are_examples,
        )
        by_name[folded(row.name)] = organisation
    known = Membership.objects.filter(
        agreement=agreement, organisation=organisation, kind=row.kind, joined_on=row.joined_on
    ).first()
    membership = known or join(
        actor=actor,
        agreement=agreement,
        organisation=organisation,
        kind=row.kind,
        joined_on=row.joined_on,
        group=row.group,
        section=row.section,
        publish=False,
    )
    added = {"known" if known else "begun": 1, "outcomes": _outcomes(actor, membership, row), "plans": 0}
    for plan in row.plans:
        if not membership.plan_links.filter(report_year=plan.report_year, url=plan.url).exists():
            link_plan(actor=actor, membership=membership, report_year=plan.report_year, url=plan.url, publish=False)
            added["plans"] += 1
    if row.left_on and membership.left_on is None:
        leave(actor=actor, membership=membership, left_on=row.left_on, reason=row.exit_reason, publish=False)
    publish_membership(actor=actor, membership=membership, effective_on=row.left_on or row.joined_on)
    return added


def _outcomes(actor: Viewer, membership: Membership, row: RegisterRow) -> int:
    """Add the outcomes that are not recorded yet, oldest first; answers how many."""
    added = 0
    for outcome in sorted(row.outcomes, key=lambda one: one.since):
        known = membership.levels.filter(scheme=outcome.scheme, value=outcome.value, since=outcome.since)
        if known.exists():
            continue
        set_level(
            actor=actor,
            membership=membership,
            scheme=outcome.scheme,
            value=outcome.value,
            number=outcome.number,
            since=outcome.since,
            report_year=outcome.report_year,
            publish=False,
            reason=str(_("Taken over from the register kept before this system.")),
        )
        added += 1
    return added
