"""The way on for a firm that does not agree with a published outcome: the complaints body of its agreement, within a term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ketenwijs.domain.agreements.selectors import definition_of
from ketenwijs.domain.assessments.models import Dossier, Outcome
from ketenwijs.domain.assessments.states import DONE
from ketenwijs.domain.reference.selectors import complaints_door

OWN_BODIES = ("own", "both")


@dataclass(frozen=True)
class Appeal:
    """Whom the firm can turn to, until which day included, and where; an empty address: in words only."""

    body: str
    until: date
    address: str

    @property
    def sentence(self) -> str:
        """The whole in one sentence of the active language, as the letter says it."""
        words = _("Do you not agree with this outcome? Until and including %(day)s you can put it to: %(body)s.")
        return words % {"body": self.body, "day": date_format(self.until)}


def appeal_of(dossier: Dossier, outcome: Outcome | None) -> Appeal | None:
    """The appeal against an outcome; None before publication and where the agreement has no complaints body of its own.

    The term is the agreement's setting `appeal_days` (an example value: no source names one), counted from the day of
    publication. Also given when it is over: whoever shows it says so.
    """
    if outcome is None or outcome.published_on is None or dossier.state not in DONE:
        return None
    slug, definition = dossier.round.agreement.slug, definition_of(dossier.round.agreement)
    if definition.complaints_body not in OWN_BODIES:
        return None
    names = [str(one.name) for one in definition.bodies if one.kind == "complaints_body"]
    until = outcome.published_on + timedelta(days=int(definition.appeal_days.value))
    return Appeal(names[0] if names else _("complaints body"), until, complaints_door(slug))
