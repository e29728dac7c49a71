"""Answers a firm gave to the same question in another agreement, so that it answers once (issue: one firm, two agreements).

Only the firm itself ever sees them: what it told one agreement is no business of another until it hands it in there.
"""

from __future__ import annotations

from collections.abc import Iterable

from ketenwijs.domain.agreements.frameworks import FrameworkFile, Requirement
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.questionnaires.models import Answer, AnswerSheet
from ketenwijs.foundation.content.selectors import content_of


def answers_elsewhere(
    workspace: Workspace, framework: FrameworkFile, wanted: Iterable[Requirement]
) -> dict[str, Answer]:
    """The firm's latest answer in another agreement by this framework's requirement, each with its sheet set.

    Only questions that carry the same `shared` code and the same answer scale. No query when nothing is shared, else
    one for the sheets and one for each sheet looked at.
    """
    open_ones = {one.shared: one for one in wanted if one.shared}
    if not open_ones or not workspace.is_own:
        return {}
    sheets = AnswerSheet.objects.filter(organisation=workspace.organisation).exclude(agreement=workspace.agreement)
    found: dict[str, Answer] = {}
    for sheet in sheets.select_related("edition", "agreement").order_by("-created_at"):
        other: FrameworkFile = content_of(sheet.edition)
        same = {one.code: open_ones[one.shared] for one in other.requirements if one.shared in open_ones}
        for answer in Answer.objects.filter(sheet=sheet, requirement__in=list(same)):
            mine = same[answer.requirement]
            if answer.value is not None and _same_scale(mine, framework, other):
                answer.sheet = sheet
                found.setdefault(mine.code, answer)
    return found


def _same_scale(requirement: Requirement, framework: FrameworkFile, other: FrameworkFile) -> bool:
    """A number on a scale means the same only where the scales do."""
    return requirement.answer != "scale" or framework.rubric == other.rubric
