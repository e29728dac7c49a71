"""The chains as part of what a member hands in: what is missing, the facts they give, the copy that
is kept.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ketenwijs.domain.agreements.parts import Missing, Part
from ketenwijs.domain.agreements.rules import FULL, ORIGIN_ONLY, PLAN_ONLY
from ketenwijs.domain.agreements.workspaces import Workspace
from ketenwijs.domain.chains import services
from ketenwijs.domain.chains.models import PeopleGroup
from ketenwijs.domain.chains.rules import MappedChain, Share, SiteCoverage, Step
from ketenwijs.domain.chains.selectors import counted_in, coverage_in, people_in, situations_in
from ketenwijs.domain.reference.selectors import in_eea
from ketenwijs.foundation.access.viewer import Viewer

CODE = "chains"


def missing(workspace: Workspace) -> list[Missing]:
    """What hand-in would refuse, each with the page where to do it."""
    chains, address = counted_in(workspace), url(workspace)
    if not chains:
        return [
            Missing(
                _("Your chains of this year are not there yet. Upload your list or take last year's along."),
                address,
            )
        ]
    counts = (
        (sum(1 for one in chains if not one.is_confirmed), _waiting),
        (sum(1 for one in chains if not one.material), _without_stone),
        (sum(1 for one in chains if not one.country), _without_country),
    )
    return [Missing(sentence(count), address) for count, sentence in counts if count]


def _waiting(count: int) -> str:
    text = ngettext(
        "%(count)s chain of last year is not confirmed yet.",
        "%(count)s chains of last year are not confirmed yet.",
        count,
    )
    return text % {"count": count}


def _without_stone(count: int) -> str:
    text = ngettext("%(count)s chain has no kind of stone.", "%(count)s chains have no kind of stone.", count)
    return text % {"count": count}


def _without_country(count: int) -> str:
    text = ngettext("%(count)s chain has no country of origin.", "%(count)s chains have no country of origin.", count)
    return text % {"count": count}


def summary(workspace: Workspace) -> str:
    """One line for the overview of the report."""
    coverage = coverage_in(workspace)
    if not coverage.chains:
        return _("No chains yet")
    text = ngettext(
        "%(count)s chain; factory known of %(factories)s, quarry of %(quarries)s",
        "%(count)s chains; factory known of %(factories)s, quarry of %(quarries)s",
        coverage.chains,
    )
    return text % {
        "count": coverage.chains,
        "factories": coverage.factories.number.known,
        "quarries": coverage.quarries.number.known,
    }


def url(workspace: Workspace) -> str:
    """The page of the chains."""
    return reverse("chains:overview", kwargs=workspace.url_parts)


def facts(workspace: Workspace) -> dict[str, Any]:
    """Facts by dotted name. Shares are between 0 and 1, or None without chains; countries are codes."""
    chains, coverage = counted_in(workspace), coverage_in(workspace)
    countries = sorted({one.country for one in chains if one.country})
    day = workspace.year.ends_on
    found: dict[str, Any] = {
        "chains.number": len(chains),
        "chains.confirmed": sum(1 for one in chains if one.is_confirmed),
        "chains.suppliers": len({(one.supplier, one.supplier_country) for one in chains}),
        "chains.countries": countries,
        "chains.materials": sorted({one.material for one in chains if one.material}),
        "chains.non_eea": sum(1 for one in chains if one.country and not in_eea(one.country, day)),
        "chains.non_eea_countries": [code for code in countries if not in_eea(code, day)],
        "chains.tonnes": float(coverage.quarries.tonnes.total) if coverage.chains else None,
        "chains.without_tonnes": coverage.quarries.tonnes.without_figure,
    }
    situations = situations_in(workspace)
    if situations is not None:
        found["chains.strictest_group"] = situations.found.strictest
        found["chains.for_fee"] = situations.found.counted
    for name, covered in (("factories", coverage.factories), ("quarries", coverage.quarries)):
        found.update(_coverage_facts(f"chains.coverage.{name}", covered))
    return found


def freeze(workspace: Workspace) -> dict[str, Any]:
    """A plain copy of all chains and their coverage, kept with the hand-in."""
    shown = facts(workspace)
    people = [_frozen_group(one) for one in people_in(workspace)]
    return {"chains": [_frozen(one) for one in counted_in(workspace)], "people": people, "facts": shown}


def the_part() -> Part:
    """What is registered with the agreements."""
    return Part(
        code=CODE,
        label=gettext_lazy("Chains"),
        order=10,
        applies=lambda workspace: workspace.duty.report in (FULL, ORIGIN_ONLY, PLAN_ONLY),
        missing=missing,
        summary=summary,
        url=url,
        freeze=freeze,
        close=_close,
        reopen=_reopen,
        carry_over=_carry_over,
        facts=facts,
    )


def _close(workspace: Workspace, actor: Viewer) -> None:
    services.close_year(actor=actor, workspace=workspace)


def _reopen(workspace: Workspace, actor: Viewer) -> None:
    services.reopen_year(actor=actor, workspace=workspace)


def _carry_over(workspace: Workspace, previous_year_code: str, actor: Viewer) -> None:
    services.carry_over(actor=actor, workspace=workspace, previous_year_code=previous_year_code)


def _coverage_facts(name: str, covered: SiteCoverage) -> dict[str, Any]:
    return {
        f"{name}.share": _ratio(covered.number),
        f"{name}.known": int(covered.number.known),
        f"{name}.total": int(covered.number.total),
        f"{name}.tonnes_share": _ratio(covered.tonnes),
        f"{name}.value_share": _ratio(covered.value),
    }


def _ratio(share: Share) -> float | None:
    return round(float(share.known / share.total), 4) if share.total > 0 else None


def _frozen(chain: MappedChain) -> dict[str, Any]:
    return {
        "chain": chain.pk,
        "supplier": chain.supplier,
        "supplier_country": chain.supplier_country,
        "country": chain.country,
        "material": chain.material,
        "tonnes": None if chain.tonnes is None else str(chain.tonnes),
        "value_eur": None if chain.value_eur is None else str(chain.value_eur),
        "band": chain.band,
        "steps": [_frozen_step(step) for step in chain.steps],
    }


def _frozen_group(group: PeopleGroup) -> dict[str, Any]:
    """People who stand in no register: where, of which kind, how many, and how the firm knows."""
    return {
        "site": group.site.name,
        "country": group.site.country,
        "kind": group.kind,
        "at_least": group.at_least,
        "at_most": group.at_most,
        "how_known": group.how_known,
    }


def _frozen_step(step: Step) -> dict[str, Any]:
    return {
        "kind": step.kind,
        "known": step.known,
        "name": step.site.name if step.site else "",
        "place": step.site.place if step.site else "",
        "country": step.country,
        "asked_on": step.asked_on.isoformat() if step.asked_on else None,
        "confidence": step.confidence,
        "source": step.source,
    }
