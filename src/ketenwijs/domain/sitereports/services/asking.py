"""Putting a report to the firms that use the place, each on its own and in other words; and a firm's reply."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.workspaces import ensure_member
from ketenwijs.domain.chains.selectors import MemberAt
from ketenwijs.domain.sitereports import messages, policies, rules, states
from ketenwijs.domain.sitereports.models import SiteQuestion, SiteReport
from ketenwijs.domain.sitereports.selectors import names_kept_from_the_sender, questions_about, users_of
from ketenwijs.domain.sitereports.services.handling import handling, journal
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.journal.services import record
from ketenwijs.foundation.states.services import move
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed


@transaction.atomic
def ask_firms(
    *, actor: Viewer, report: SiteReport, organisations: Sequence[int], text: str, reply_by: date, today: date
) -> list[SiteQuestion]:
    """Ask members that use the location, each about its own site. Refused as a whole where one cannot be asked.

    The text goes to each firm alike, so it may name no member, no supplier of one, not the sender, and take over no words of
    the report.
    """
    with handling(actor, report) as held:
        if held.state not in (states.CHECKED, states.WITH_FIRMS):
            raise DomainError(_("Companies are asked while the report is looked into. Reload the page."))
        ensure_own_words(actor, held, text, today)
        if reply_by <= today:
            raise DomainError(_("Nobody was asked."), fields={"reply_by": _("Choose a day after today for the reply.")})
        using = {one.organisation.pk: one for one in users_of(actor, held, today) if one.is_member}
        wanted = set(organisations)
        asked = {one.organisation_id for one in questions_about(actor, held)}
        if not wanted:
            raise DomainError(_("Tick at least one company."), fields={"organisations": _("Nobody is ticked.")})
        if not wanted <= using.keys() - asked:
            raise DomainError(
                _("Nobody was asked: not all of these companies use the place and still have to be asked. Look again.")
            )
        if held.state == states.CHECKED:
            scopes = policies.scopes_of(held.agreement)
            move(actor=actor, instance=held, machine=states.REPORT, name="ask", scopes=scopes)
        return [_ask(actor, held, using[pk], text.strip(), reply_by, today) for pk in sorted(wanted)]


def _ask(actor: Viewer, report: SiteReport, member: MemberAt, text: str, reply_by: date, today: date) -> SiteQuestion:
    question = SiteQuestion.objects.create(
        report=report,
        agreement=report.agreement,
        organisation=member.organisation,
        token=secrets.token_hex(8),
        places=[{"name": one.name, "place": one.place, "country": one.country} for one in member.sites],
        themes=report.themes,
        question=text,
        asked_on=today,
        asked_by=actor.person,
        reply_by=reply_by,
    )
    journal(actor, report, "sitereports.question.asked", question=question.pk, organisation=member.organisation.pk)
    messages.to_firm(question)
    return question


def ensure_own_words(actor: Viewer, report: SiteReport, text: str, today: date) -> None:
    """Refuse a question that is empty, names a member, a supplier of one of them or the sender, or takes over words of
    the report: what one company told of its chains must not reach another.
    """
    if not text.strip():
        raise DomainError(_("Write the question first."), fields={"question": _("The question is empty.")})
    senders = [one for one in (report.sender_name, report.sender_email) if one]
    if rules.first_name_in(text, senders):
        sentence = _("A company must not learn who reported. Take the name of the sender out of the question.")
        raise DomainError(_("Nobody was asked."), fields={"question": sentence})
    name = rules.first_name_in(text, names_kept_from_the_sender(actor, report, today))
    if name is not None:
        sentence = _("Everybody who is asked reads this text. Take “%(name)s” out of it.") % {"name": name}
        raise DomainError(_("Nobody was asked."), fields={"question": sentence})
    copied = rules.copied_words(text, report.seen)
    if copied:
        sentence = _("Use your own words. This stands so in the report: “%(words)s”.") % {"words": copied}
        raise DomainError(_("Nobody was asked."), fields={"question": sentence})


@transaction.atomic
def reply(*, actor: Viewer, question: SiteQuestion, found: str, done: str, today: date) -> SiteQuestion:
    """A firm replies once: what it found and what it did. Refused for staff, a firm that left, and after the end."""
    if not (policies.may_reply(actor) and actor.acting_for == question.organisation_id):
        raise NotAllowed(_("Only people of the company itself reply for it."))
    ensure_member(actor, question.agreement, question.organisation_id, today=today)
    if not found.strip():
        raise DomainError(
            _("Write what you found first."), fields={"found": _("If you found nothing, say how you looked.")}
        )
    own = SiteQuestion.objects.filter(pk=question.pk, organisation_id=actor.acting_for)
    waiting = own.filter(replied_on__isnull=True, ended_on__isnull=True)
    if not waiting.update(found=found.strip(), done=done.strip(), replied_on=today, replied_by=actor.person):
        raise DomainError(_("This question was answered or ended already. Reload the page to read what stands there."))
    record(
        actor=actor,
        event="sitereports.question.replied",
        subject=question,
        chain=question.agreement.slug,
        values={"organisation": question.organisation_id},
    )
    messages.that_a_firm_replied(question.agreement, question.report_id)
    return own.get()
