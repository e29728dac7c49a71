"""What this app hands to the foundation: rights, journal events, menu, what is due, the public copy."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ketenwijs.domain.agreements.models import Agreement
from ketenwijs.domain.agreements.parts import register_closing
from ketenwijs.domain.assessments.definitions import LettersFile, check_letters
from ketenwijs.domain.assessments.models import Round
from ketenwijs.domain.assessments.publications import PublicOutcome
from ketenwijs.domain.assessments.requirements import scheme_of_round
from ketenwijs.domain.assessments.selectors import dossiers_visible_to, frozen_edition, late, was_handed_in
from ketenwijs.domain.assessments.states import CONFIRMED, DECIDED, DOSSIER, DRAFT, FINAL, HANDED_IN, HEARING
from ketenwijs.domain.questionnaires.selectors import register_edition_source
from ketenwijs.foundation.access.rights import Right, register_rights
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.content.kinds import ContentKind, register_kind
from ketenwijs.foundation.journal.events import EventType, register_events
from ketenwijs.foundation.publishing.kinds import PublicationKind, register_publication_kind
from ketenwijs.foundation.ui.due import Due, register_due
from ketenwijs.foundation.ui.navigation import MenuItem, register_menu

register_rights(
    Right("assessments.see_own", gettext_lazy("See the own yearly reports")),
    Right("assessments.hand_in", gettext_lazy("Hand in the yearly report")),
    Right("assessments.reply", gettext_lazy("Reply to draft findings")),
    Right("assessments.see_board", gettext_lazy("See the board of the round")),
    Right("assessments.manage_rounds", gettext_lazy("Open and close rounds")),
    Right("assessments.assign", gettext_lazy("Divide the work")),
    Right("assessments.assess", gettext_lazy("Write findings and decide on outcomes")),
    Right("assessments.confirm", gettext_lazy("Read outcomes as the second person")),
    Right("assessments.publish", gettext_lazy("Publish outcomes")),
    Right("assessments.simulate", gettext_lazy("Try out a draft edition on a finished round")),
)
register_events(
    *(EventType(f"assessments.dossier.{move.name}", move.label) for move in DOSSIER.moves.values()),
    EventType("assessments.dossier.taken_along", gettext_lazy("Last year's work was taken along")),
    EventType("assessments.dossier.assigned", gettext_lazy("The work on a report was divided")),
    EventType("assessments.dossier.size_recorded", gettext_lazy("The size figure was written down")),
    EventType("assessments.round.opened", gettext_lazy("A round was opened")),
    EventType("assessments.round.none", gettext_lazy("A year without a round was recorded")),
    EventType("assessments.round.closed", gettext_lazy("A round was closed")),
    EventType("assessments.finding.judged", gettext_lazy("A draft finding was written")),
    EventType("assessments.finding.finalised", gettext_lazy("A finding was made final")),
    EventType(
        "assessments.finding.to_judge_anew", gettext_lazy("Answers changed after a return; findings are open again")
    ),
    EventType("assessments.finding.replied", gettext_lazy("A company replied to a finding")),
    EventType("assessments.finding.taken_over", gettext_lazy("Findings follow what the participant states")),
    EventType("assessments.finding.confirmed_unchanged", gettext_lazy("Unchanged requirements were confirmed")),
)
register_edition_source(frozen_edition)
register_closing(was_handed_in)
register_kind(ContentKind("letters", "agreements/*/letters.yaml", LettersFile, check_letters))
register_publication_kind(PublicationKind("assessments.outcome", PublicOutcome, lambda key: f"/register/{key}/"))
register_menu(
    MenuItem(
        gettext_lazy("Yearly report"), "assessments:reports",
        lambda viewer: bool(viewer.acting_for) and viewer.holds("assessments.see_own"), order=10,
    ),
    MenuItem(gettext_lazy("Rounds"), "assessments:rounds", lambda viewer: viewer.holds("assessments.see_board"), order=10),
)  # fmt: skip


def _due_for_firm(viewer: Viewer, today: date) -> list[Due]:
    if not viewer.acting_for or not viewer.holds("assessments.see_own"):
        return []
    found = []
    own = dossiers_visible_to(viewer).filter(organisation_id=viewer.acting_for, round__closed_at=None)
    for dossier in own.filter(state__in=[DRAFT, HEARING]):
        url = reverse("assessments:dossier", args=[dossier.pk])
        if dossier.state == DRAFT:
            day = dossier.round.due_on
            title = _("Hand in the yearly report %(year)s") % {"year": dossier.round.year}
        else:
            day = dossier.reply_due_on
            title = _("Reply to the draft findings of %(year)s") % {"year": dossier.round.year}
        found.append(Due(title, url, due_on=day, late=bool(day and day < today)))
    return found


STAFF_WORK = (
    (HANDED_IN, "assessments.assess", gettext_lazy("Assess reports that were handed in")),
    (FINAL, "assessments.assess", gettext_lazy("Make findings final after the reply")),
    (DECIDED, "assessments.confirm", gettext_lazy("Read outcomes as the second person")),
    (CONFIRMED, "assessments.publish", gettext_lazy("Publish confirmed outcomes")),
)


def _due_for_staff(viewer: Viewer, today: date) -> list[Due]:
    if not viewer.holds("assessments.see_board") or viewer.person is None:
        return []
    rows = dossiers_visible_to(viewer).filter(round__closed_at=None)
    fields = ("state", "round__agreement__slug", "round__year", "assessor_id", "round__term")
    waiting = list(rows.values_list(*fields))
    found = []
    for state, right, title in STAFF_WORK:
        places = [
            (slug, year)
            for at, slug, year, assessor, term in waiting
            if at == state and _is_for(viewer, state, assessor) and _is_judged(slug, term)
        ]
        if places and viewer.holds(right):
            url = reverse("assessments:board", args=list(places[0])) + f"?state={state}"
            found.append(Due(title, url, count=len(places)))
    overdue = late(rows, today).count()
    if overdue and waiting:
        url = reverse("assessments:board", args=[waiting[0][1], waiting[0][2]])
        found.append(Due(_("Reports that are late"), url, late=True, count=overdue))
    return found


def _is_judged(slug: str, term: str) -> bool:
    """Whether anybody judges in this term; a self-assessment leaves the secretariat nothing to do."""
    scheme = scheme_of_round(Round(agreement=Agreement(slug=slug), term=term))
    return scheme is None or scheme.kind != "none"


def _is_for(viewer: Viewer, state: str, assessor_pk: int | None) -> bool:
    """An outcome is read by somebody else than its assessor; findings are written by the assessor or whoever is free."""
    me = viewer.person.pk if viewer.person else None
    return assessor_pk != me if state in (DECIDED, CONFIRMED) else assessor_pk in (None, me)


register_due(_due_for_firm)
register_due(_due_for_staff)
