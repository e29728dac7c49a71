"""What the forms of the plan offer: the firm's own risks worst first, themes, countries, rungs of influence."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.reference import selectors as reference
from ketenwijs.domain.risks.models import Risk
from ketenwijs.domain.risks.selectors import ranked, risks_in, themes_of

# The ladder of influence, lowest rung first (oecd-steps 0.4).
INFLUENCES = (
    ("use", _("use the influence we have")),
    ("build", _("build more: senior talks, volume, longer terms, training")),
    ("join", _("join with other buyers, the sector, unions or governments")),
    ("suspend", _("suspend buying for a time")),
    ("disengage", _("end the relationship responsibly")),
)


def influences() -> list[tuple[str, str]]:
    """Rungs of the ladder with their names."""
    return [(code, str(name)) for code, name in INFLUENCES]


def themes_for(workspace: Workspace) -> list[tuple[str, str]]:
    """The agreement's themes in this term."""
    return [(code, _name(reference.theme(code), code)) for code in themes_of(workspace)]


def risks_for(workspace: Workspace) -> list[tuple[Risk, str]]:
    """The firm's risks, worst first, each with a label that says theme, country and stone."""
    return [(one.risk, f"{one.rank}. {risk_label(one.risk)}") for one in ranked(risks_in(workspace))]


def risk_label(risk: Risk) -> str:
    """Theme, country, stone and stage in words."""
    parts = (
        _name(reference.theme(risk.theme), risk.theme),
        _name(reference.country(risk.country), risk.country),
        _name(reference.material(risk.material), risk.material),
        _name(reference.stage(risk.stage), risk.stage),
    )
    return " · ".join(part for part in parts if part)


def countries_for(workspace: Workspace) -> list[tuple[str, str]]:
    """Countries of the firm's risks."""
    codes = {risk.country for risk in risks_in(workspace)}
    return sorted(((code, _name(reference.country(code), code)) for code in codes), key=lambda pair: pair[1])


def term_ends_on(workspace: Workspace) -> date:
    """The last day of the agreement's term: goals after it are flagged by the SMART check."""
    return workspace.definition.term(workspace.year.term_code).last_day


def _name(item: reference.Item | reference.WideItem | None, code: str) -> str:
    return str(item.name) if item else code
