"""The rounds of the demonstration: last year's judged and published, this year's in every state."""

from __future__ import annotations

from datetime import date

from ketenwijs.config.demo import firm_year
from ketenwijs.config.demo.definitions import WorldFile
from ketenwijs.config.demo.longer_chain import add_longer_chain
from ketenwijs.domain.agreements.parts import parts_for
from ketenwijs.domain.agreements.workspaces import Workspace, workspace_for
from ketenwijs.domain.assessments import services
from ketenwijs.domain.assessments.comparison import comparison_for
from ketenwijs.domain.assessments.instruments import outcome_choices, proposal_for
from ketenwijs.domain.assessments.models import Dossier, Finding
from ketenwijs.domain.assessments.states import CONFIRMED, DECIDED, DRAFT, FINAL, HANDED_IN, HEARING, PUBLISHED
from ketenwijs.domain.chains import services as chains
from ketenwijs.domain.risks import services as risks
from ketenwijs.foundation.access.fence import fenced_for
from ketenwijs.foundation.access.viewer import Viewer

WAY = (DRAFT, HANDED_IN, HEARING, FINAL, DECIDED, CONFIRMED, PUBLISHED)
REASON = "Past bij de beantwoording en de stukken (voorbeeld)."


def workspace_of(firm: Viewer, dossier: Dossier) -> Workspace:
    """The firm's own workspace, as its pages find it."""
    found = workspace_for(firm, dossier.organisation.reference, dossier.round.agreement.slug, dossier.round.year)
    if found is None:
        raise RuntimeError(f"no workspace for {dossier}")
    return found


def fill_in(firm: Viewer, dossier: Dossier, world: WorldFile, seed: int, today: date, publish: bool) -> None:
    """The firm's work of a first year: everything from its own sheet on."""
    with fenced_for(firm):
        workspace = workspace_of(firm, dossier)
        firm_year.bring_in_chains(firm, workspace, world, seed)
        if seed == 0 and world.longer_chain:
            add_longer_chain(firm, workspace_of(firm, dossier), world.longer_chain)
        _parts_after_chains(firm, dossier, seed, today, publish)


def _parts_after_chains(firm: Viewer, dossier: Dossier, seed: int, today: date, publish: bool) -> None:
    workspace = workspace_of(firm, dossier)
    wanted = {part.code for part in parts_for(workspace)}
    if "risks" in wanted:
        firm_year.weigh_risks(firm, workspace, seed)
    if "answers" in wanted:
        firm_year.answer_questions(firm, workspace_of(firm, dossier), seed, strong=seed % 3 != 1)
    if "plan" in wanted:
        firm_year.write_plan(firm, workspace_of(firm, dossier), today, publish)


def bring_along(firm: Viewer, dossier: Dossier, seed: int, today: date, publish: bool) -> None:
    """The firm's work of a later year: last year's along, confirmed, the rest filled in."""
    with fenced_for(firm):
        workspace = workspace_of(firm, dossier)
        before = workspace.previous_year
        for part in parts_for(workspace):
            if part.carry_over and before:
                part.carry_over(workspace_of(firm, dossier), before.code, firm)
        workspace = workspace_of(firm, dossier)
        chains.confirm_all(actor=firm, workspace=workspace)
        risks.confirm_carried(actor=firm, workspace=workspace)
        firm_year.answers.confirm_carried(actor=firm, workspace=workspace)
        wanted = {part.code for part in parts_for(workspace)}
        if "risks" in wanted:
            firm_year.weigh_risks(firm, workspace_of(firm, dossier), seed)
        if "answers" in wanted:
            firm_year.answer_questions(firm, workspace_of(firm, dossier), seed, strong=seed % 3 != 1)
        if "plan" in wanted:
            firm_year.write_plan(firm, workspace_of(firm, dossier), today, publish)


def judge_until(state: str, dossier: Dossier, firm: Viewer, staff: dict[str, Viewer], today: date) -> None:
    """Take a dossier along its way up to a state, each step by whoever would do it."""
    steps = WAY.index(state)
    if steps >= 1:
        with fenced_for(firm):
            services.hand_in(actor=firm, dossier=dossier, workspace=workspace_of(firm, dossier))
    with fenced_for(staff["lead"]):
        dossier.refresh_from_db()
        if steps >= 2:
            _judge_all(staff["assessor"], dossier)
            services.send_findings(actor=staff["assessor"], dossier=dossier, today=today)
    if steps >= 3:
        _reply(firm, dossier)
    with fenced_for(staff["lead"]):
        if steps >= 4:
            _decide(staff["assessor"], dossier)
        if steps >= 5:
            services.confirm(actor=staff["reader"], dossier=dossier)
        if steps >= 6:
            services.publish(actor=staff["reader"], dossier=dossier, on=today)


def _judge_all(assessor: Viewer, dossier: Dossier) -> None:
    compared = comparison_for(dossier)
    same = [code for code, row in compared.items() if row.may_confirm_in_bulk]
    if same:
        services.confirm_unchanged(actor=assessor, dossier=dossier, requirements=same)
    for code, row in compared.items():
        if code in same:
            continue
        value = (row.answer or {}).get("value")
        wanted = row.applicable.requirement.minimum or 0
        met = isinstance(value, int | float) and value >= wanted
        verdict = "met" if met else "partly"
        services.judge(actor=assessor, dossier=dossier, requirement=code, verdict=verdict, reason=REASON, version=0)


def _reply(firm: Viewer, dossier: Dossier) -> None:
    with fenced_for(firm):
        short = (
            Finding.objects.filter(dossier=dossier, verdict="partly")
            .select_related("dossier__round__agreement")
            .first()
        )
        if short is not None:
            text = "Wij hebben dit inmiddels vastgelegd; het stuk volgt (voorbeeld)."
            services.reply_to(actor=firm, finding=short, text=text, version=short.version)
        services.finish_reply(actor=firm, dossier=dossier)


def _decide(assessor: Viewer, dossier: Dossier) -> None:
    for finding in (
        Finding.objects.filter(dossier=dossier).exclude(reply="").select_related("dossier__round__agreement")
    ):
        services.judge_finally(
            actor=assessor, finding=finding, verdict=finding.verdict, reason="Gelezen; het stuk ontbreekt nog (voorbeeld).",
            version=finding.version,
        )  # fmt: skip
    proposed = proposal_for(dossier).value
    held = str(dossier.level) if dossier.level else outcome_choices(dossier)[0][0]
    services.decide(actor=assessor, dossier=dossier, value=proposed or held, reason=REASON)
