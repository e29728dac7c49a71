"""Firms with chains for the tests of this app, on the invented agreement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ketenwijs.domain.agreements.models import Agreement, Membership
from ketenwijs.domain.agreements.tests.factories import example_agreement, member, staff, worker
from ketenwijs.domain.agreements.workspaces import Workspace, workspace_for
from ketenwijs.domain.chains import services
from ketenwijs.domain.chains.models import Chain, IntakeBatch
from ketenwijs.domain.chains.services import ChainValues, SiteValues
from ketenwijs.foundation.access.viewer import Viewer

__all__ = ["Agreement", "example_agreement", "member", "staff", "worker"]

DAY = date(2025, 10, 15)
YEAR = "2024-2025"
NEXT_YEAR = "2025-2026"
SAMPLES = Path(__file__).resolve().parents[5] / "tests" / "samples"
HEADINGS = ("Leverancier", "Land", "Steensoort", "Ton", "Fabriek", "Groeve", "Plaats groeve")


def opened(viewer: Viewer, membership: Membership, year: str = YEAR) -> Workspace:
    """The firm's workspace for a viewer."""
    workspace = workspace_for(viewer, membership.organisation.reference, membership.agreement.slug, year, today=DAY)
    assert workspace is not None
    return workspace


def values(supplier: str = "Kolar Stone Exports", **changes: Any) -> ChainValues:
    """One chain as typed: granite from India, factory and quarry known."""
    typed: dict[str, Any] = {
        "supplier": supplier,
        "country": "IN",
        "material": "granite",
        "tonnes": Decimal("12.5"),
        "factory": SiteValues(name="Unit 1", place="Bangalore", country="IN"),
        "quarry": SiteValues(name="Quarry 8", place="Kolar, Karnataka"),
    }
    return ChainValues(**{**typed, **changes})


def add(viewer: Viewer, workspace: Workspace, supplier: str = "Kolar Stone Exports", **changes: Any) -> Chain:
    """One chain by hand."""
    return services.add_chain(actor=viewer, workspace=workspace, values=values(supplier, **changes))


def sheet_rows(count: int) -> list[Sequence[Any]]:
    """Rows that each become a chain of their own."""
    return [
        (f"Supplier {n}", "India", "graniet", 10 + n, f"Factory {n}", f"Quarry {n}", f"Area {n}, Karnataka")
        for n in range(count)
    ]


def csv_of(rows: Sequence[Sequence[Any]], name: str = "inkoop.csv") -> SimpleUploadedFile:
    """A semicolon-separated sheet as a firm would keep it."""
    lines = [";".join(str(cell) for cell in row) for row in (HEADINGS, *rows)]
    return SimpleUploadedFile(name, "\r\n".join(lines).encode("utf-8"), content_type="text/csv")


def sample(name: str) -> SimpleUploadedFile:
    """One of the sheets kept beside the tests."""
    return SimpleUploadedFile(Path(name).name, (SAMPLES / name).read_bytes())


def taken_in(viewer: Viewer, workspace: Workspace, upload: SimpleUploadedFile) -> IntakeBatch:
    """A sheet that was uploaded and read."""
    return services.take_in_sheet(actor=viewer, workspace=workspace, upload=upload).batch


def confirmed(viewer: Viewer, workspace: Workspace, batch: IntakeBatch, mode: str = services.ADD) -> dict[str, int]:
    """Take a sheet over as its page would."""
    return services.confirm_sheet(actor=viewer, workspace=workspace, batch=batch, version=batch.version, mode=mode)


def sign_in(client: Client, viewer: Viewer) -> None:
    """Sign the person behind a viewer in, with the second factor that some roles ask for."""
    Authenticator.objects.get_or_create(
        user=viewer.person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "test"}}
    )
    client.force_login(viewer.person)
