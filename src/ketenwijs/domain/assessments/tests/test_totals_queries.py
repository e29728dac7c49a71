"""The totals of a round take as many queries for many participants as for a few."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ketenwijs.domain.assessments.models import Finding, Outcome
from ketenwijs.domain.assessments.states import CONFIRMED, HANDED_IN
from ketenwijs.domain.assessments.tests.families import POLICY, YEAR, cast_of
from ketenwijs.domain.chains.tests.factories import sign_in
from ketenwijs.foundation.access.fence import unfenced

pytestmark = pytest.mark.django_db
MOST = 15


def filled(family, number):
    """A round with this many finished reports."""
    cast = cast_of(family, number)
    cast.open_round()
    with unfenced(reason="test"):
        for firm in cast.firms:
            dossier = firm.dossier()
            dossier.state = HANDED_IN if family == "self_assessment" else CONFIRMED
            dossier.frozen = {"answers": {POLICY: {"value": 2}}}
            dossier.save()
            Finding.objects.create(dossier=dossier, requirement=POLICY, verdict="met", final_verdict="met")
            Outcome.objects.create(
                dossier=dossier, scheme="x", value="enough", reason="Read.", proposal={"percent": 50.0}
            )
    return cast


@pytest.mark.parametrize("family", ["weighted_score", "indicator_tree", "self_assessment"])
def test_the_totals_page_takes_as_many_queries_for_thirty_participants_as_for_four(client, family):
    cast = filled(family, 4)
    sign_in(client, cast.lead)
    page = reverse("assessments:totals", args=[cast.agreement.slug, YEAR])
    client.get(page)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert client.get(page).status_code == 200
    cast.join(26)
    with unfenced(reason="test"):
        first = cast.firm.dossier()
        for firm in cast.firms[4:]:
            first.pk, first.organisation, first.membership = None, firm.membership.organisation, firm.membership
            first.save(force_insert=True)
            Finding.objects.create(dossier=first, requirement=POLICY, verdict="met", final_verdict="met")
            Outcome.objects.create(
                dossier=first, scheme="x", value="enough", reason="Read.", proposal={"percent": 50.0}
            )
    with CaptureQueriesContext(connection) as many:
        assert client.get(page).status_code == 200
    assert len(many) == len(few) <= MOST
