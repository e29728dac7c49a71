"""A round freezes the questions also for firms that begin to answer after a newer edition came (security case 50)."""

import pytest

from ketenwijs.domain.assessments.models import Round
from ketenwijs.domain.questionnaires import selectors
from ketenwijs.domain.questionnaires.tests.factories import (
    YEAR,
    agreement_with,
    framework,
    member,
    opened,
    requirements,
    worker,
)
from ketenwijs.foundation.access.fence import fenced_for

pytestmark = pytest.mark.django_db


def test_a_firm_that_begins_late_answers_the_questions_of_its_round():
    agreement = agreement_with()
    firm = member(agreement, "Firm A")
    viewer = worker(firm.organisation, name="a")
    with fenced_for(viewer):
        frozen = selectors.edition_for(opened(viewer, firm))
        Round.objects.create(agreement=agreement, year=YEAR, term="second", edition=frozen)
        agreement_with(second=framework("second", requirements()[:1], version="2"))
        assert selectors.edition_for(opened(viewer, firm)) == frozen
        assert len(selectors.asked_in(opened(viewer, firm))) == 5
