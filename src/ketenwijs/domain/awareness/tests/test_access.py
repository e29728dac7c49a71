"""Every page of this app against every role; other firms and other agreements find nothing."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ketenwijs.domain.agreements.tests.factories import OTHER_SLUG
from ketenwijs.domain.awareness.tests.access import ACCESS
from ketenwijs.domain.awareness.tests.factories import (
    CANARY,
    YEAR,
    announced,
    example_agreement,
    fenced_for,
    member,
    mentioned,
    opened,
    sign_in,
    site_of,
    staff,
    worker,
)
from ketenwijs.domain.awareness.urls import urlpatterns
from ketenwijs.foundation.access import roles
from ketenwijs.foundation.access.viewer import AGREEMENT, ORGANISATION

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    agreement = example_agreement()
    membership = member(agreement)
    owner = worker(membership.organisation, name="owner")
    with fenced_for(owner):
        workspace = opened(owner, membership)
        [line] = announced(owner, workspace, site_of(membership))
        mentioned(owner, workspace)
    return {"agreement": agreement, "membership": membership, "line": line}


def address(row, world, firm="", slug=""):
    pattern = next(one.pattern for one in urlpatterns if f"awareness:{one.name}" == row["url"])
    known = {
        "firm": firm or world["membership"].organisation.reference,
        "agreement": slug or world["agreement"].slug,
        "year": YEAR,
        "pk": world["line"].pk,
    }
    return reverse(row["url"], kwargs={key: known[key] for key in pattern.converters})


def refused(client, row, place):
    for method in row["methods"]:
        answer = client.generic(method, place)
        assert answer.status_code in (403, 404), (place, method)
        assert CANARY.encode() not in answer.content


def test_every_page_stands_in_the_access_table():
    assert sorted(row["url"] for row in ACCESS) == sorted(f"awareness:{one.name}" for one in urlpatterns)


@pytest.mark.parametrize("row", ACCESS, ids=lambda row: row["url"])
def test_each_role_opens_what_the_table_says_and_nothing_else(client, world, row):
    for role in roles.all_roles().values():
        if role.scope == ORGANISATION:
            viewer = worker(world["membership"].organisation, role.code)
        elif role.scope == AGREEMENT:
            viewer = staff(world["agreement"], role.code)
        else:
            continue
        sign_in(client, viewer)
        if role.code not in row["roles"]:
            refused(client, row, address(row, world))
        elif "remove" not in row["url"]:
            for method in row["methods"]:
                assert client.generic(method, address(row, world)).status_code == row["answer"], (role.code, method)
    if "remove" in row["url"]:
        sign_in(client, worker(world["membership"].organisation, "company_user", name="last"))
        assert client.post(address(row, world)).status_code == row["answer"]


PLACES = [row for row in ACCESS if "home" not in row["url"]]


@pytest.mark.parametrize("row", PLACES, ids=lambda row: row["url"])
def test_another_firm_and_another_secretariat_find_nothing_not_even_below_their_own_address(client, world, row):
    rival = member(world["agreement"], "Andere Steen BV")
    sign_in(client, worker(rival.organisation, name="rival"))
    refused(client, row, address(row, world))
    if "pk" in str(next(one.pattern for one in urlpatterns if f"awareness:{one.name}" == row["url"])):
        refused(client, row, address(row, world, firm=rival.organisation.reference))
    other = example_agreement(OTHER_SLUG)
    sign_in(client, staff(other, name="elsewhere"))
    refused(client, row, address(row, world))


def test_a_visitor_is_asked_to_sign_in(client, world):
    for row in ACCESS:
        assert client.generic(row["methods"][0], address(row, world)).status_code == 302
