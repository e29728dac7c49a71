"""Our own workbook comes back as it went out: downloaded in any language, uploaded again, nothing lost or added."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from ketenwijs.domain.agreements.tests.factories import example_agreement, member, worker
from ketenwijs.domain.chains import services
from ketenwijs.domain.chains.exports import workbook_of
from ketenwijs.domain.chains.selectors import chains_in
from ketenwijs.domain.chains.tests.factories import confirmed, opened, sample, taken_in
from ketenwijs.foundation.access.fence import fenced_for

pytestmark = pytest.mark.django_db
SHEETS = ["supplier-and-sites-2025.xlsx", "inkoop-2025-de-linde.xlsx", "fournisseurs-2025.csv"]


def step(one):
    site = one.site
    return one.country, site.name if site else None, site.place if site else None, one.asked_on


def amount(figure):
    return None if figure is None else str(figure.normalize())


def facts(chains):
    return sorted(
        (
            (
                one.supplier,
                one.supplier_country,
                one.material,
                one.country,
                amount(one.tonnes),
                amount(one.value_eur),
                step(one.factory),
                step(one.quarry),
            )
            for one in chains
        ),
        key=repr,
    )


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.parametrize("name", SHEETS)
def test_a_downloaded_workbook_uploaded_again_changes_nothing(name, language):
    membership = member(example_agreement())
    viewer = worker(membership.organisation)
    with fenced_for(viewer), override(language):
        confirmed(viewer, opened(viewer, membership), taken_in(viewer, opened(viewer, membership), sample(name)))
        before = chains_in(opened(viewer, membership))
        ours = SimpleUploadedFile("ours.xlsx", workbook_of(before, title="ours"))
        again = taken_in(viewer, opened(viewer, membership), ours)
        confirmed(viewer, opened(viewer, membership), again, services.REPLACE)
        after = chains_in(opened(viewer, membership))
    assert len(before) > 10
    assert facts(after) == facts(before)
