"""Work divided anew while somebody writes (security case 8), and two people judging at once (case 48)."""

import pytest
from django.urls import reverse

from ketenwijs.domain.assessments import services
from ketenwijs.domain.assessments.models import Finding
from ketenwijs.domain.assessments.tests.factories import POLICY, world
from ketenwijs.domain.chains.tests.factories import sign_in
from ketenwijs.foundation.access.fence import fenced_for, unfenced

pytestmark = pytest.mark.django_db
TYPED = {"verdict": "partly", "reason": "The policy has no date and names nobody.", "version": "0"}


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def cast():
    found = world()
    found.open_round()
    found.fill_in()
    found.hand_in()
    return found


def judge_page(cast):
    return reverse("assessments:judge", args=[cast.dossier().pk, POLICY])


def give_to(cast, assessor):
    with fenced_for(cast.lead):
        services.assign(
            actor=cast.lead,
            dossier=cast.dossier(),
            adviser=cast.adviser.person,
            assessor=assessor.person,
            second_reader=None,
        )


def test_a_finding_typed_before_the_work_went_to_somebody_else_is_refused_and_its_text_stays(cast, client):
    give_to(cast, cast.assessor)
    sign_in(client, cast.assessor)
    assert client.get(judge_page(cast)).status_code == 200
    give_to(cast, cast.reader)
    answer = client.post(judge_page(cast), TYPED)
    assert answer.status_code != 302
    assert TYPED["reason"] in answer.content.decode()
    assert "Only the assessor" in answer.content.decode()
    with unfenced(reason="test"):
        assert not Finding.objects.exists()


def test_the_second_of_two_who_judge_at_once_sees_both_findings(cast, client):
    sign_in(client, cast.assessor)
    assert client.post(judge_page(cast), TYPED).status_code == 302
    late = {**TYPED, "reason": "Everything is there.", "verdict": "met"}
    answer = client.post(judge_page(cast), late)
    assert answer.status_code == 409
    assert TYPED["reason"] in answer.content.decode()
    assert late["reason"] in answer.content.decode()
    assert cast.finding(POLICY).verdict == "partly"


def test_extra_fields_in_a_finding_are_never_applied(cast, client):
    sign_in(client, cast.assessor)
    client.post(judge_page(cast), {**TYPED, "final_verdict": "met", "dossier": "999", "assessed_by": "1", "state": "x"})
    finding = cast.finding(POLICY)
    assert (finding.final_verdict, finding.assessed_by) == ("", cast.assessor.person)
    assert cast.dossier().state == "handed_in"
