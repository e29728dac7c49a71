"""The page of one agreement, ready to be drawn: terms with parties, growth, figures, conflicts, documents, life."""

from __future__ import annotations

from typing import Any

from ketenwijs.domain.reference import selectors as reference
from ketenwijs.sites.public import pictures, series
from ketenwijs.sites.public.copies import Agreement, Copy
from ketenwijs.sites.public.overview import document_day
from ketenwijs.sites.public.rules import present_term, stands
from ketenwijs.sites.public.showing import words


def portrait_of(agreement: Agreement, figures: Copy, others: dict[str, dict[str, str]], today: str) -> dict[str, Any]:
    """Context of the page's part; `others` are the names of all agreements, to name a successor."""
    payload = agreement.payload
    successor = payload["successor"]
    return {
        "agreement": agreement,
        "payload": payload,
        "stands": stands(payload, today),
        "present": present_term(payload, today),
        "terms": [_term(payload, one) for one in payload["terms"]],
        "themes": _names(payload["themes"], {one.code: one.name for one in reference.themes()}),
        "life": list(reversed(sorted(payload["life"], key=lambda one: str(one["on"])))),
        "documents": sorted(payload["documents"], key=document_day, reverse=True),
        "projects": [_project(one) for one in payload["projects"]],
        "successor": successor,
        "successor_name": words(others.get(successor, {})),
        "growths": _growths(figures, payload["years"]),
        "indicators": indicators_of(figures),
        "number_of_figures": len(figures["figures"]),
        "conflicts": conflicts_of(figures),
        "fees": [(term, fee) for term in payload["terms"] for fee in term["fees"]],
        "group_names": {one["code"]: words(one["name"]) for one in payload["groups"]},
    }


def _names(codes: list[str], names: dict[str, str]) -> list[str]:
    return [names.get(code, code) for code in codes]


def _term(payload: Copy, term: Copy) -> Copy:
    """A term with its parties by section and its supporters."""
    sections = [_section(payload, section, term["code"]) for section in payload["sections"]]
    supporters = payload["supporters"]
    return {
        "term": term,
        "sections": [one for one in sections if one["parties"]],
        "supporters": [one for one in supporters if not one["terms"] or term["code"] in one["terms"]],
    }


def _section(payload: Copy, section: Copy, term: str) -> Copy:
    found = [one for one in payload["parties"] if one["section"] == section["code"] and term in one["terms"]]
    sources = dict.fromkeys(part for one in found for part in one["source"].split("; "))
    return {"name": section["name"], "parties": found, "sources": "; ".join(sources)}


def _project(project: Copy) -> Copy:
    themes = {one.code: one.name for one in reference.themes()}
    countries = [found.name for code in project["countries"] if (found := reference.country(code))]
    return project | {"country_names": countries, "theme_names": _names(project["themes"], themes)}


def _growths(figures: Copy, years: list[Copy]) -> list[Copy]:
    """Participants and market shares through time, each with its picture."""
    lines = [series.participants(figures, years), *series.market_shares(figures, years)]
    found = []
    for line in lines:
        if line is None:
            continue
        name = words(line.indicator["name"])
        drawn = pictures.growth(line, name) if len(line.points) > 1 else None
        found.append({"line": line, "name": name, "picture": drawn})
    return found


def indicators_of(figures: Copy) -> list[Copy]:
    """All figures by indicator, in the order of the package; a part stands behind its total, and each figure names
    the conflicts it is in with whether it was kept.
    """
    in_conflict: dict[str, list[Copy]] = {}
    for number, conflict in enumerate(figures["conflicts"], start=1):
        for code in conflict["figures"]:
            in_conflict.setdefault(code, []).append({"number": number, "kept": conflict["kept"] == code})
    known = {one["code"] for one in figures["indicators"]}
    lost = [{"code": code, "name": {"nl": code}} for code in _codes(figures) if code not in known]
    shown = [
        {
            "name": one["name"],
            "figures": [
                figure | {"in_conflict": in_conflict.get(figure["identifier"], [])}
                for figure in sorted(figures["figures"], key=_moment)
                if figure["indicator"] == one["code"]
            ],
        }
        for one in [*figures["indicators"], *lost]
    ]
    return [one for one in shown if one["figures"]]


def _codes(figures: Copy) -> list[str]:
    return list(dict.fromkeys(one["indicator"] for one in figures["figures"]))


def _moment(figure: Copy) -> str:
    return str(figure["reference_date"] or figure["report_year"][-4:] + "-12-31")


def conflicts_of(figures: Copy) -> list[Copy]:
    """Conflicts with their figures side by side, numbered as the figures name them."""
    by_code = {one["identifier"]: one for one in figures["figures"]}
    names = {one["code"]: one["name"] for one in figures["indicators"]}
    return [
        conflict
        | {
            "number": number,
            "sides": [
                by_code[code] | {"is_kept": code == conflict["kept"], "name": names.get(by_code[code]["indicator"], {})}
                for code in conflict["figures"]
                if code in by_code
            ],
        }
        for number, conflict in enumerate(figures["conflicts"], start=1)
    ]
