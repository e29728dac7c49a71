"""A firm with questions to answer, on the invented agreement."""

from __future__ import annotations

from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.agreements.services import set_group, set_level, sync_agreements
from ketenwijs.domain.agreements.tests.factories import (
    ROBOT,
    SLUG,
    checked,
    framework_content,
    member,
    staff,
    words,
    worker,
)
from ketenwijs.domain.agreements.workspaces import Workspace, workspace_for
from ketenwijs.domain.questionnaires import selectors, services
from ketenwijs.domain.questionnaires.models import Answer
from ketenwijs.foundation.access.viewer import Viewer
from ketenwijs.foundation.content.services import apply_checked

__all__ = ["ROBOT", "member", "set_group", "set_level", "staff", "worker"]

DAY = date(2025, 10, 15)
EARLIER, YEAR, NEXT = "2023-2024", "2024-2025", "2025-2026"
LAST_OF_FIRST_TERM = "2021-2022"
POLICY, TRAINED, TELL, PEOPLE, KNOWN, HARM = "policy", "trained", "tell", "people", "known-factories", "harm"
TYPED = (POLICY, TRAINED, TELL, PEOPLE)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
    "dccc59e70000000049454e44ae426082"
)


def _requirement(code: str, substep: str, answer: str, **more: Any) -> dict[str, Any]:
    title = words(f"Title of {code}")
    return {"code": code, "substep": substep, "title": title, "answer": answer, "asked_from": 1, **more}


def requirements() -> list[dict[str, Any]]:
    """One of each kind; one for the plan, one for origins, one under a condition."""
    return [
        _requirement(POLICY, "1.1", "scale", minimum=2, plan=True, evidence=words("a dated document")),
        _requirement(TRAINED, "1.1", "yes_no"),
        _requirement(TELL, "1.1", "text"),
        _requirement(PEOPLE, "2.1", "number"),
        _requirement(KNOWN, "2.1", "fact", fact="chains.coverage.factories.share", minimum=0.5, origin=True, plan=True),
        _requirement(HARM, "2.1", "yes_no", when={"fact": "risks.own_harm", "gte": 1}),
        _requirement("later", "2.1", "scale", minimum=2) | {"asked_from": 4},
    ]


def framework(term: str, wanted: list[dict[str, Any]] | None = None, **changes: Any) -> dict[str, Any]:
    """A framework of two steps."""
    steps = [
        {
            "code": code,
            "name": words(f"Step {code}"),
            "substeps": [{"code": f"{code}.1", "name": words("s"), "question": words("question")}],
        }
        for code in ("1", "2")
    ]
    rubric = [{"value": n, "name": words(f"rung {n}")} for n in range(5)]
    return framework_content(term) | {
        "rubric": rubric,
        "steps": steps,
        "requirements": requirements() if wanted is None else wanted,
        **changes,
    }


def agreement_with(first: dict[str, Any] | None = None, second: dict[str, Any] | None = None) -> Agreement:
    """The invented agreement with these frameworks applied; called again it applies a newer edition."""
    result = checked(first=first or framework("first"), second=second or framework("second"))
    assert result.faults == []
    apply_checked(actor=ROBOT, result=result)
    return next(one for one in sync_agreements(actor=ROBOT) if one.slug == SLUG)


def opened(viewer: Viewer, membership: Membership, year: str = YEAR, today: date = DAY) -> Workspace:
    """The firm's workspace for a viewer, as a new request sees it."""
    workspace = workspace_for(viewer, membership.organisation.reference, membership.agreement.slug, year, today=today)
    assert workspace is not None
    return workspace


def answer_all(viewer: Viewer, membership: Membership, year: str = YEAR) -> None:
    """Every typed question answered."""
    given = {POLICY: "2", TRAINED: "yes", TELL: "We tell it.", PEOPLE: "12"}
    workspace = opened(viewer, membership, year)
    asked = {one.requirement.code for one in selectors.asked_in(workspace)}
    services.save_section(
        actor=viewer,
        workspace=workspace,
        answers={code: (value, f"about {code}", 0) for code, value in given.items() if code in asked},
    )


def answers_of(viewer: Viewer, membership: Membership, year: str = YEAR) -> dict[str, Answer]:
    """What is stored, read anew."""
    return selectors.answers_in(opened(viewer, membership, year))


def picture(name: str = "policy.png") -> SimpleUploadedFile:
    """A small picture as evidence."""
    return SimpleUploadedFile(name, PNG, content_type="image/png")


def address(name: str, membership: Membership, *more: object, year: str = YEAR) -> str:
    """The address of a page of a firm."""
    parts = [membership.organisation.reference, membership.agreement.slug, year, *more]
    return reverse(f"questionnaires:{name}", args=parts)


def fields_of(page: Any) -> dict[str, str]:
    """What a browser would send back of a page of questions when nobody touched it."""
    sent = {}
    for row in page.context["rows"]:
        sent[f"{row.code}-seen"] = row.seen
        sent[f"{row.code}-value"] = row.value
        sent[f"{row.code}-explanation"] = row.explanation.replace("\n", "\r\n")
    return sent


def sign_in(client: Client, viewer: Viewer) -> None:
    """Sign the person behind a viewer in, with the second factor that some roles ask for."""
    Authenticator.objects.get_or_create(
        user=viewer.person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "test"}}
    )
    client.force_login(viewer.person)


def is_recent(moment: Any) -> bool:
    """Whether a moment was just now."""
    return moment is not None and (timezone.now() - moment).total_seconds() < 60
