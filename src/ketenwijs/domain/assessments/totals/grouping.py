"""From how many participants on numbers are shown, and under which heading a small group stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.definitions import AgreementFile
from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.assessments.models import Dossier, Round
from ketenwijs.domain.assessments.rules import TOGETHER, shown_groups
from ketenwijs.domain.assessments.states import CONFIRMED, DONE

JUDGED = (CONFIRMED, *DONE)
"""States in which an outcome was read by a second person."""


def minimum_of(round_: Round, own: int = 0) -> int:
    """The smallest number of contributors: the agreement's, or the instrument's own where that is larger."""
    return max(definition_of(round_.agreement).publication.minimum_contributors, own)


def headings(dossiers: Iterable[Dossier], by: str, minimum: int) -> dict[int, str]:
    """Per dossier the group or section it is shown under; TOGETHER for those put together."""
    of = {one.pk: one.membership.section if by == "section" else one.group for one in dossiers}
    shown = shown_groups(Counter(of.values()), minimum)
    return {pk: shown[code] for pk, code in of.items()}


def heading_names(definition: AgreementFile, by: str, codes: Iterable[str]) -> dict[str, str]:
    """Headings in words."""
    known = definition.sections if by == "section" else definition.groups
    names = {one.code: str(one.name) for one in known}
    together = _("the other groups together")
    return {code: together if code == TOGETHER else names.get(code, code) for code in codes}
