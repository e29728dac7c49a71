"""Two people press the button at the same moment (case 62); needs an engine that runs two transactions side by side."""

import threading

import pytest
from django.db import connection, connections

from ketenwijs.domain.chains.models import Chain, IntakeBatch
from ketenwijs.domain.chains.tests.factories import (
    confirmed,
    csv_of,
    example_agreement,
    member,
    opened,
    sheet_rows,
    taken_in,
    worker,
)
from ketenwijs.foundation.access.fence import fenced_for, unfenced
from ketenwijs.foundation.ui.errors import DomainError


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="a memory database has one connection only")
def test_the_same_sheet_confirmed_by_two_people_at_once_is_taken_over_once():
    membership = member(example_agreement())
    viewer = worker(membership.organisation)
    with fenced_for(viewer):
        batch = taken_in(viewer, opened(viewer, membership), csv_of(sheet_rows(20)))
    ready, outcomes = threading.Barrier(2), []

    def press() -> None:
        try:
            with fenced_for(viewer):
                workspace, own = opened(viewer, membership), IntakeBatch.objects.get(pk=batch.pk)
                ready.wait(timeout=20)
                outcomes.append(confirmed(viewer, workspace, own)["new"])
        except DomainError:
            outcomes.append("refused")
        finally:
            connections.close_all()

    presses = [threading.Thread(target=press) for _ in range(2)]
    for one in presses:
        one.start()
    for one in presses:
        one.join(timeout=60)
    assert sorted(map(str, outcomes)) == ["20", "refused"]
    with unfenced(reason="test"):
        assert Chain.objects.count() == 20
