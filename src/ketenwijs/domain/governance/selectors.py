"""Reading the governance of an agreement, always limited to what the viewer may see; absent and foreign are None."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery

from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.agreements.selectors import definition_of, report_years
from ketenwijs.domain.governance import policies, rules, states
from ketenwijs.domain.governance.models import (
    Body,
    BudgetAmount,
    BudgetLine,
    Commitment,
    Contribution,
    Decision,
    Goal,
    Meeting,
    MeetingPaper,
    OutsideCheck,
    Seat,
    Subsidy,
)
from ketenwijs.foundation.access.viewer import Viewer

SOON = timedelta(days=21)


@dataclass(frozen=True)
class Line:
    """One budget line with the amounts that count; `history` holds all that were recorded on the page of the line."""

    line: BudgetLine
    amounts: rules.Amounts
    history: list[BudgetAmount]


def agreements_for(viewer: Viewer) -> list[Agreement]:
    """Agreements whose governance the viewer may read."""
    return list(policies.readable_agreements(viewer))


def agreement_for(viewer: Viewer, slug: str) -> Agreement | None:
    """One of them."""
    return policies.readable_agreements(viewer).filter(slug=slug).first()


def bodies_of(viewer: Viewer, agreement: Agreement) -> QuerySet[Body]:
    """Bodies by name, those that exist longest first within a kind; seats with their organisation prefetched."""
    seats = Seat.objects.select_related("organisation").order_by("role", "section", "holder", "pk")
    rows = Body.objects.filter(policies.readable(viewer), agreement=agreement).select_related("agreement")
    return rows.prefetch_related(Prefetch("seats", seats)).order_by("since", "name", "pk")


def body_for(viewer: Viewer, agreement: Agreement, pk: int) -> Body | None:
    """One body with its seats."""
    return bodies_of(viewer, agreement).filter(pk=pk).first()


def seat_for(viewer: Viewer, agreement: Agreement, pk: int) -> Seat | None:
    """One seat with its body."""
    rows = Seat.objects.filter(policies.readable(viewer, "body__agreement"), body__agreement=agreement)
    return rows.select_related("body__agreement", "organisation").filter(pk=pk).first()


def meetings_of(viewer: Viewer, agreement: Agreement) -> QuerySet[Meeting]:
    """Meetings of all bodies, latest first, with their body and papers."""
    papers = MeetingPaper.objects.select_related("file").order_by("kind", "pk")
    rows = Meeting.objects.filter(policies.readable(viewer, "body__agreement"), body__agreement=agreement)
    return rows.select_related("body__agreement").prefetch_related(Prefetch("papers", papers)).order_by("-day", "-pk")


def meeting_for(viewer: Viewer, agreement: Agreement, pk: int) -> Meeting | None:
    """One meeting."""
    return meetings_of(viewer, agreement).filter(pk=pk).first()


def paper_for(viewer: Viewer, meeting: Meeting, pk: int) -> MeetingPaper | None:
    """One paper of a meeting that was found for the viewer."""
    return meeting.papers.select_related("file", "meeting__body__agreement").filter(pk=pk).first()


def seats_on(body: Body, day: date) -> list[Seat]:
    """Seats of a body that are held on a day."""
    return [seat for seat in body.seats.select_related("organisation") if seat.is_held_on(day)]


def decisions_of(viewer: Viewer, agreement: Agreement) -> QuerySet[Decision]:
    """Decisions, latest first, with body, meeting, and what supersedes them or they supersede."""
    rows = Decision.objects.filter(policies.readable(viewer), agreement=agreement)
    related = ("agreement", "body__agreement", "meeting", "supersedes", "superseded_by", "membership__organisation")
    return rows.select_related(*related).order_by("-decided_on", "-pk")


def decision_for(viewer: Viewer, agreement: Agreement, pk: int) -> Decision | None:
    """One decision."""
    return decisions_of(viewer, agreement).filter(pk=pk).first()


def later_of(decision: Decision) -> Decision | None:
    """The decision that took its place; joined by `decisions_of`, so without a query there."""
    return getattr(decision, "superseded_by", None)


def goals_of(viewer: Viewer, agreement: Agreement) -> QuerySet[Goal]:
    """Goals in their order."""
    return Goal.objects.filter(policies.readable(viewer), agreement=agreement)


def goal_for(viewer: Viewer, agreement: Agreement, pk: int) -> Goal | None:
    """One goal."""
    return goals_of(viewer, agreement).filter(pk=pk).first()


def commitments_of(viewer: Viewer, agreement: Agreement) -> QuerySet[Commitment]:
    """Commitments by the day they are due, with owner body and all ratings, latest first."""
    ratings = Contribution.objects.order_by("-rated_on", "-pk")
    rows = Commitment.objects.filter(policies.readable(viewer), agreement=agreement)
    return (
        rows.select_related("agreement", "owner_body", "decision")
        .prefetch_related(Prefetch("contributions", ratings))
        .order_by("due_on", "pk")
    )


def commitment_for(viewer: Viewer, agreement: Agreement, pk: int) -> Commitment | None:
    """One commitment."""
    return commitments_of(viewer, agreement).filter(pk=pk).first()


def latest_ratings(commitment: Commitment) -> dict[int, Contribution]:
    """The rating that counts per goal (its primary key); no query when ratings are prefetched latest first."""
    found: dict[int, Contribution] = {}
    for rating in commitment.contributions.all():
        found.setdefault(rating.goal_id, rating)
    return found


def progress_of(viewer: Viewer, agreement: Agreement, today: date) -> rules.Progress:
    """All commitments of the agreement, counted; one query."""
    rows = Commitment.objects.filter(policies.readable(viewer), agreement=agreement)
    return rules.progress_of(
        (
            rules.Standing(state, started_on is not None, due_on)
            for state, started_on, due_on in rows.values_list("state", "started_on", "due_on")
        ),
        today=today,
    )


def ratings_per_goal(commitments: Iterable[Commitment]) -> dict[int, dict[str, int]]:
    """How many commitments have which latest rating, per goal; ratings are prefetched."""
    counts: dict[int, dict[str, int]] = {}
    for commitment in commitments:
        for goal, rating in latest_ratings(commitment).items():
            per_value = counts.setdefault(goal, {})
            per_value[rating.value] = per_value.get(rating.value, 0) + 1
    return counts


def budget_years(viewer: Viewer, agreement: Agreement) -> list[str]:
    """Years that have a budget line, latest first."""
    rows = BudgetLine.objects.filter(policies.readable(viewer), agreement=agreement).order_by("-year")
    return list(rows.values_list("year", flat=True).distinct())


def years_to_choose(agreement: Agreement, today: date) -> list[str]:
    """Years a budget can be made for: the agreement's report years, or calendar years where it has none."""
    years = [year.code for year in report_years(agreement)]
    if years:
        return years
    first = min((term.starts_on.year for term in definition_of(agreement).terms), default=today.year)
    return [str(year) for year in range(first, today.year + 2)]


def budget_of(viewer: Viewer, agreement: Agreement, year: str = "") -> list[Line]:
    """Lines of a year (the latest that has any when none is named) with the amounts that count; one query."""
    rows = BudgetLine.objects.filter(policies.readable(viewer), agreement=agreement)
    wanted = year or rows.order_by("-year").values("year")[:1]
    found = rows.filter(year=wanted).select_related("agreement")
    found = found.annotate(budgeted=_latest(rules.BUDGETED), realised=_latest(rules.REALISED))
    return [Line(line, rules.Amounts(line.budgeted, line.realised), []) for line in found]


def _latest(kind: str) -> Subquery:
    """The amount of a kind that counts: the latest by day, then by order of recording."""
    amounts = BudgetAmount.objects.filter(line=OuterRef("pk"), kind=kind).order_by("-on", "-pk")
    return Subquery(amounts.values("euros")[:1])


def line_for(viewer: Viewer, agreement: Agreement, pk: int) -> Line | None:
    """One budget line with every amount recorded, latest first."""
    rows = BudgetLine.objects.filter(policies.readable(viewer), agreement=agreement, pk=pk)
    found = rows.select_related("agreement").prefetch_related("amounts").first()
    if found is None:
        return None
    history = list(found.amounts.all())
    latest = {amount.kind: amount.euros for amount in history}
    return Line(found, rules.Amounts(latest.get(rules.BUDGETED), latest.get(rules.REALISED)), history[::-1])


def checks_of(viewer: Viewer, agreement: Agreement) -> QuerySet[OutsideCheck]:
    """Outside checks, latest first."""
    rows = OutsideCheck.objects.filter(policies.readable(viewer), agreement=agreement)
    return rows.select_related("agreement", "document").order_by("-asked_on", "-pk")


def check_for(viewer: Viewer, agreement: Agreement, pk: int) -> OutsideCheck | None:
    """One outside check."""
    return checks_of(viewer, agreement).filter(pk=pk).first()


def subsidies_of(viewer: Viewer, agreement: Agreement) -> QuerySet[Subsidy]:
    """Subsidies, latest period first."""
    rows = Subsidy.objects.filter(policies.readable(viewer), agreement=agreement)
    return rows.select_related("agreement").order_by("-starts_on", "-pk")


def subsidy_for(viewer: Viewer, agreement: Agreement, pk: int) -> Subsidy | None:
    """One subsidy."""
    return subsidies_of(viewer, agreement).filter(pk=pk).first()


def meetings_coming_up(viewer: Viewer, today: date) -> QuerySet[Meeting]:
    """Planned meetings within three weeks, in all agreements the viewer reads; those past their day come first."""
    rows = Meeting.objects.filter(
        policies.readable(viewer, "body__agreement"), state=states.PLANNED, day__lte=today + SOON
    )
    return rows.select_related("body__agreement").order_by("day", "starts_at", "pk")


def next_meeting(viewer: Viewer, agreement: Agreement, today: date) -> Meeting | None:
    """The next planned meeting of any body."""
    rows = meetings_of(viewer, agreement).filter(state=states.PLANNED, day__gte=today).prefetch_related(None)
    return rows.order_by("day", F("starts_at").asc(nulls_last=True), "pk").first()


def late_commitments(viewer: Viewer, today: date) -> QuerySet[Commitment]:
    """Open commitments after their day, in all agreements the viewer reads."""
    rows = Commitment.objects.filter(policies.readable(viewer), state__in=states.OPEN, due_on__lt=today)
    return rows.select_related("agreement").order_by("agreement__slug", "due_on")


def party_memberships(agreement: Agreement, on: date) -> QuerySet[Membership]:
    """Parties of the agreement that are recorded as organisations and run on a day; who is a party is public."""
    rows = Membership.objects.filter(agreement=agreement, kind=Membership.Kind.PARTY, joined_on__lte=on)
    return rows.exclude(left_on__lt=on).select_related("organisation").order_by("organisation__name", "pk")
