"""Reading reports: all of one for the secretariat, its own question for a firm, state and answer for the sender."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hmac import compare_digest

from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import OrderBy

from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.chains import selectors as chains
from ketenwijs.domain.chains.models import SharedSite, Supplier
from ketenwijs.domain.chains.selectors import MemberAt, Narrowing
from ketenwijs.domain.participants.models import Organisation
from ketenwijs.domain.sitereports import policies, rules, states
from ketenwijs.domain.sitereports.models import SiteQuestion, SiteReport
from ketenwijs.domain.sitereports.vocabulary import clock, day_after
from ketenwijs.foundation.access import roles
from ketenwijs.foundation.access.fence import fenced_to_agreement, unfenced
from ketenwijs.foundation.access.models import Grant
from ketenwijs.foundation.access.viewer import AGREEMENT, Viewer
from ketenwijs.foundation.states.machine import Label

FOUND_AT_MOST = 20


@dataclass(frozen=True)
class SentReport:
    """A report as its sender sees it: no firm, no location, not even whether anybody was asked."""

    number: str
    agreement: Agreement
    received_on: date
    answer_by: date
    state: str
    label: Label
    tone: str
    answer: str
    answered_on: date | None

    @property
    def is_open(self) -> bool:
        """Whether an answer is still to come."""
        return self.state in states.OPEN


@dataclass(frozen=True)
class ShownQuestion:
    """A question as the firm sees it: its own sites, the secretariat's words, its own reply; nothing of the report."""

    token: str
    agreement: Agreement
    places: list[dict[str, str]]
    themes: list[str]
    question: str
    asked_on: date
    reply_by: date
    found: str
    done: str
    replied_on: date | None
    is_waiting: bool


@contextmanager
def secretariat_of(viewer: Viewer, agreement: Agreement) -> Iterator[bool]:
    """The agreement's own fence, put up only for who handles its reports; says whether it is."""
    if not policies.may_handle(viewer, agreement):
        yield False
        return
    with fenced_to_agreement(agreement.pk):
        yield True


def agreements_handled(viewer: Viewer) -> list[Agreement]:
    """Agreements whose reports the viewer handles, by slug."""
    return _agreements_with(viewer, policies.HANDLE)


def agreements_sent_to(viewer: Viewer) -> list[Agreement]:
    """Agreements to which the viewer may report as somebody of a party, by slug."""
    return _agreements_with(viewer, policies.SEND)


def _agreements_with(viewer: Viewer, right: str) -> list[Agreement]:
    found = Agreement.objects.order_by("slug")
    return list(found if viewer.is_system else found.filter(slug__in=viewer.keys_with(right, AGREEMENT)))


def agreements_taking_reports() -> list[Agreement]:
    """Agreements that have somebody to read a report, by slug. For everybody; one query."""
    codes = [one.code for one in roles.all_roles().values() if policies.HANDLE in one.rights]
    held = Grant.objects.filter(role__in=codes, scope_kind=AGREEMENT, ended_at__isnull=True)
    return list(Agreement.objects.filter(slug__in=held.values("scope_key")).order_by("slug"))


def reports_of(viewer: Viewer, agreement: Agreement, state: str = "") -> QuerySet[SiteReport]:
    """Reports of an agreement, open ones first and then oldest first, each with `asked` and `replied`: how many firms."""
    with secretariat_of(viewer, agreement) as allowed:
        if not allowed:
            return SiteReport.objects.none()
        found = SiteReport.objects.filter(agreement=agreement)
        found = found.filter(state=state) if state else found
        counted = found.annotate(
            asked=Count("questions"), replied=Count("questions", filter=Q(questions__replied_on__isnull=False))
        )
        return counted.order_by(_first("finished_on"), _first("answered_on"), "received_on", "pk")


def _first(field: str) -> OrderBy:
    """Rows without this day before those with one, on every database."""
    return F(field).asc(nulls_first=True)


def report_for(viewer: Viewer, agreement: Agreement, pk: int) -> SiteReport | None:
    """One report of the agreement, for its secretariat."""
    with secretariat_of(viewer, agreement) as allowed:
        if not allowed:
            return None
        found = SiteReport.objects.filter(agreement=agreement, pk=pk)
        return found.select_related("agreement", "location__current").first()


def locations_to_link(viewer: Viewer, report: SiteReport, text: str, country: str = "") -> list[SharedSite]:
    """Locations of the secretariat's register that a search finds; the first twenty."""
    narrowing = Narrowing(text=text.strip(), country=country)
    return list(chains.locations_of(viewer, report.agreement, narrowing, counted=False)[:FOUND_AT_MOST])


def users_of(viewer: Viewer, report: SiteReport, today: date) -> list[MemberAt]:
    """Members whose chains go through the linked location, by name; for the secretariat only."""
    if report.location is None or not policies.may_handle(viewer, report.agreement):
        return []
    return chains.members_at(viewer, report.agreement, report.location, today)


def questions_about(viewer: Viewer, report: SiteReport) -> list[SiteQuestion]:
    """What firms were asked about a report and what they replied, by name; for the secretariat only."""
    if not policies.may_handle(viewer, report.agreement):
        return []
    found = SiteQuestion.objects.filter(report_id=report.pk).select_related("organisation", "replied_by")
    return list(found.order_by("organisation__name", "pk"))


def names_of_members(report: SiteReport) -> list[str]:
    """Names of all that take part in the agreement or ever did; the register of members is public."""
    took_part = Membership.objects.filter(agreement=report.agreement, kind=Membership.Kind.PARTICIPANT)
    found = Organisation.objects.filter(pk__in=took_part.values("organisation"))
    return sorted(set(found.values_list("name", flat=True)))


def names_kept_from_the_sender(viewer: Viewer, report: SiteReport, today: date) -> list[str]:
    """Names that no text to the sender, nor a question to several companies, may hold: of members, and of suppliers of
    those asked or using the place.
    """
    firms = {one.organisation_id for one in questions_about(viewer, report)}
    firms |= {one.organisation.pk for one in users_of(viewer, report, today)}
    suppliers = Supplier.objects.filter(organisation__in=firms).values_list("name", flat=True)
    return [*names_of_members(report), *sorted(set(suppliers))]


def questions_to(viewer: Viewer) -> list[ShownQuestion]:
    """What the firm acted for was asked, newest first. One query, whatever stands in any register."""
    if not policies.may_reply(viewer):
        return []
    found = SiteQuestion.objects.filter(organisation_id=viewer.acting_for or 0).select_related("agreement")
    return [_shown(one) for one in found.order_by("-asked_on", "-pk")]


def question_to(viewer: Viewer, token: str) -> SiteQuestion | None:
    """One question put to the firm acted for; foreign and absent look the same."""
    if not policies.may_reply(viewer):
        return None
    own = SiteQuestion.objects.filter(organisation_id=viewer.acting_for or 0, token=token)
    return own.select_related("agreement", "organisation").first()


def shown_question(question: SiteQuestion) -> ShownQuestion:
    """The firm's view of a question that was opened for it."""
    return _shown(question)


def waiting_questions(viewer: Viewer) -> list[ShownQuestion]:
    """Those of the firm acted for that wait for its reply, the most urgent first. One query."""
    if not policies.may_reply(viewer):
        return []
    open_ = SiteQuestion.objects.filter(
        organisation_id=viewer.acting_for or 0, replied_on__isnull=True, ended_on__isnull=True
    )
    return [_shown(one) for one in open_.select_related("agreement").order_by("reply_by", "pk")]


def _shown(one: SiteQuestion) -> ShownQuestion:
    return ShownQuestion(
        token=one.token, agreement=one.agreement, places=one.places, themes=one.themes, question=one.question,
        asked_on=one.asked_on, reply_by=one.reply_by, found=one.found, done=one.done, replied_on=one.replied_on,
        is_waiting=one.is_waiting,
    )  # fmt: skip


def receipt_for(number: str, code: str) -> SentReport | None:
    """State and answer of a report for whoever holds its receipt; a wrong code and no such number look the same."""
    number, code = rules.as_typed(number), rules.as_typed(code)
    with unfenced(reason="the receipt of a report about a site"):
        found = SiteReport.objects.filter(number=number).select_related("agreement").first()
    expected = found.code_hash if found else rules.code_hash("", "")
    is_right = compare_digest(expected, rules.code_hash(number, code))
    return _sent(found) if found and is_right else None


def sent_by(viewer: Viewer) -> list[SentReport]:
    """Reports this person of a party sent, newest first; one query for each agreement they may send to."""
    found: list[SentReport] = []
    for agreement in agreements_sent_to(viewer) if viewer.person else []:
        with fenced_to_agreement(agreement.pk):
            own = SiteReport.objects.filter(agreement=agreement, sent_by=viewer.person)
            found += [_sent(one) for one in own.select_related("agreement").order_by("-received_on", "-pk")]
    return found


def _sent(one: SiteReport) -> SentReport:
    label, tone = states.for_the_sender(one.state)
    return SentReport(
        number=rules.in_groups(one.number), agreement=one.agreement, received_on=one.received_on,
        answer_by=day_after(one.received_on, clock().answer_days), state=one.state, label=label, tone=tone,
        answer=one.answer, answered_on=one.answered_on or one.finished_on,
    )  # fmt: skip
