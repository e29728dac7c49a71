"""The form of one finding by family: a verdict, or points from which the verdict follows."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from ketenwijs.domain.assessments.comparison import Compared
from ketenwijs.domain.assessments.forms import FindingForm, PointsForm
from ketenwijs.domain.assessments.models import Dossier, Verdict
from ketenwijs.domain.assessments.requirements import framework_of_dossier
from ketenwijs.domain.assessments.states import FINAL

NO_POINTS = "n/a"


def finding_form(row: Compared, dossier: Dossier, posted: QueryDict | None) -> FindingForm | PointsForm:
    """The form with what is stored now."""
    if row.most_points:
        return PointsForm(posted, initial=stored(row, dossier), choices=points_offered(row, dossier))
    return FindingForm(posted, initial=stored(row, dossier))


def points_offered(row: Compared, dossier: Dossier) -> list[tuple[str, str]]:
    """Points to choose from; in the words of the rubric where its values are the points."""
    levels = {one.value: str(one.name) for one in framework_of_dossier(dossier).rubric}
    in_words = max(levels) == row.most_points
    offered = [
        (str(points), f"{points} – {levels[points]}" if in_words and points in levels else str(points))
        for points in range(row.most_points + 1)
    ]
    return [*offered, (NO_POINTS, _("does not apply (say why)"))]


def stored(row: Compared, dossier: Dossier) -> dict[str, object]:
    """What is stored now: version, verdict or points, and reason; the final ones once they are being written."""
    finding = row.finding
    if finding is None:
        return {"version": 0, "verdict": "", "points": "", "reason": ""}
    verdict, points, reason = finding.verdict, finding.points, finding.reason
    if dossier.state == FINAL and finding.final_verdict:
        verdict, points, reason = finding.final_verdict, finding.final_points, finding.final_reason or reason
    shown = NO_POINTS if verdict == Verdict.NOT_APPLICABLE else "" if points is None else str(points)
    return {"version": finding.version, "verdict": verdict, "points": shown, "reason": reason}


def newer(row: Compared, dossier: Dossier) -> tuple[int, dict[str, object]]:
    """Version and words of the finding as a colleague stored it."""
    kept = stored(row, dossier)
    told: dict[str, object] = {"reason": kept["reason"]}
    if row.most_points:
        told["points"] = dict(points_offered(row, dossier)).get(str(kept["points"]), "")
    else:
        told["verdict"] = Verdict(str(kept["verdict"])).label if kept["verdict"] else ""
    return int(str(kept["version"])), told


def judgement(form: FindingForm | PointsForm) -> dict[str, Any]:
    """What a valid form says, as the services take it."""
    data = form.cleaned_data
    words = {"reason": data["reason"], "version": data["version"]}
    if isinstance(form, FindingForm):
        return {**words, "verdict": data["verdict"]}
    if data["points"] == NO_POINTS:
        return {**words, "verdict": Verdict.NOT_APPLICABLE, "points": None}
    return {**words, "verdict": "", "points": int(data["points"])}
