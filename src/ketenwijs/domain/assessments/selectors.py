"""Reading rounds and dossiers: the board, one dossier, and what is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.assessments import policies
from ketenwijs.domain.assessments.models import Dossier, Finding, Outcome, Round
from ketenwijs.domain.assessments.states import DOSSIER, DRAFT, HEARING
from ketenwijs.foundation.access.viewer import AGREEMENT, Viewer
from ketenwijs.foundation.content.models import Edition

BOARD_FIELDS = (
    "state",
    "kind",
    "group",
    "target_level",
    "reply_due_on",
    "organisation__name",
    "assessor__name",
    "second_reader__name",
)


def rounds_visible_to(viewer: Viewer) -> QuerySet[Round]:
    """Rounds of the agreements whose board the viewer may see, latest first."""
    rounds = Round.objects.select_related("agreement")
    if not viewer.is_system:
        rounds = rounds.filter(agreement__slug__in=viewer.keys_with("assessments.see_board", AGREEMENT))
    return rounds.order_by("-year", "agreement__slug")


def round_for(viewer: Viewer, slug: str, year: str) -> Round | None:
    """One round, if its board may be seen."""
    return rounds_visible_to(viewer).filter(agreement__slug=slug, year=year).first()


def frozen_edition(agreement: Agreement, year: str) -> Edition | None:
    """The edition a report year's round froze, so that answers begun later in the round belong to it too; or None."""
    found = Round.objects.filter(agreement=agreement, year=year).select_related("edition").first()
    return found.edition if found is not None else None


def dossiers_visible_to(viewer: Viewer) -> QuerySet[Dossier]:
    """Dossiers the viewer may open, with firm, round and people."""
    rows = Dossier.objects.select_related(
        "organisation", "round__agreement", "round__edition", "membership", "adviser", "assessor", "second_reader"
    )
    return policies.visible(viewer, rows)


def dossier_for(viewer: Viewer, pk: int) -> Dossier | None:
    """One dossier, if visible; foreign and absent look the same."""
    return dossiers_visible_to(viewer).filter(pk=pk).first()


def own_dossiers(viewer: Viewer) -> QuerySet[Dossier]:
    """Dossiers of the firm acted for, latest first; what was handed in stays in the database."""
    own = dossiers_visible_to(viewer).filter(organisation_id=viewer.acting_for or 0).order_by("-round__year")
    return own.defer("frozen", "round__edition__payload")


def dossier_in(viewer: Viewer, agreement: Agreement, organisation_id: int, year: str) -> Dossier | None:
    """The dossier of one firm in one year, if visible."""
    rows = dossiers_visible_to(viewer)
    return rows.filter(round__agreement=agreement, round__year=year, organisation_id=organisation_id).first()


def was_handed_in(workspace: Workspace) -> bool:
    """Whether the firm's report of the workspace's year is with the secretariat or further; one query."""
    rows = Dossier.objects.filter(organisation_id=workspace.organisation.pk, round__agreement=workspace.agreement)
    return rows.filter(round__year=workspace.year.code).exclude(state=DRAFT).exists()


@dataclass(frozen=True)
class BoardColumn:
    """One state of the board with how many dossiers stand there."""

    state: str
    label: str
    tone: str
    count: int
    late: int


def board_columns(round_: Round, today: date) -> list[BoardColumn]:
    """How many dossiers of the round stand in each state and how many of them are late, one query."""
    rows = (
        Dossier.objects.filter(round=round_)
        .values_list("state")
        .annotate(number=Count("pk"), late=Count("pk", filter=_is_late(today)))
        .order_by()
    )
    counts = {state: (number, late) for state, number, late in rows}
    return [BoardColumn(s.code, str(s.label), s.tone, *counts.get(s.code, (0, 0))) for s in DOSSIER.states.values()]


def board_rows(
    viewer: Viewer, round_: Round, *, state: str = "", mine: bool = False, name: str = ""
) -> QuerySet[Dossier]:
    """The board's dossiers, filtered, with only what the board shows: what was handed in stays in the database."""
    rows = (
        policies.visible(viewer, Dossier.objects.filter(round=round_))
        .select_related("organisation", "assessor", "second_reader")
        .only(*BOARD_FIELDS)
    )
    if state in DOSSIER.states:
        rows = rows.filter(state=state)
    if mine and viewer.person:
        rows = rows.filter(Q(adviser=viewer.person) | Q(assessor=viewer.person) | Q(second_reader=viewer.person))
    if name.strip():
        rows = rows.filter(organisation__name__icontains=name.strip())
    return rows.order_by("organisation__name")


def late(dossiers: QuerySet[Dossier], today: date) -> QuerySet[Dossier]:
    """Dossiers not handed in after the round's last day, or without a reply after the reply time."""
    return dossiers.filter(_is_late(today))


def _is_late(today: date) -> Q:
    return Q(state=DRAFT, round__due_on__lt=today) | Q(state=HEARING, reply_due_on__lt=today)


def is_late(dossier: Dossier, round_: Round, today: date) -> bool:
    """As `late`, for one dossier of a round that was read already."""
    due = {DRAFT: round_.due_on, HEARING: dossier.reply_due_on}.get(dossier.state)
    return due is not None and due < today


def finding_for(viewer: Viewer, pk: int) -> Finding | None:
    """One finding, if its dossier is visible and the viewer may see findings of it now."""
    finding = Finding.objects.select_related("dossier__round__agreement", "dossier__organisation").filter(pk=pk).first()
    if finding is None or dossier_for(viewer, finding.dossier_id) is None:
        return None
    return finding if policies.may_see_findings(viewer, finding.dossier) else None


def running_outcome(dossier: Dossier) -> Outcome | None:
    """The outcome that was not superseded, if any."""
    return (
        Outcome.objects.filter(dossier=dossier, superseded_by=None)
        .select_related("decided_by", "confirmed_by")
        .order_by("-pk")
        .first()
    )


def outcome_counts(rounds: Iterable[Round]) -> dict[int, dict[tuple[str, int | None], int]]:
    """Published outcomes per round: (value, number) to count; the base is every dossier of the round."""
    rows = (
        Outcome.objects.filter(dossier__round__in=list(rounds), published_on__isnull=False, superseded_by=None)
        .values_list("dossier__round_id", "value", "number")
        .annotate(number_of=Count("pk"))
        .order_by()
    )
    counts: dict[int, dict[tuple[str, int | None], int]] = {}
    for round_pk, value, number, how_many in rows:
        counts.setdefault(round_pk, {})[(value, number)] = how_many
    return counts
