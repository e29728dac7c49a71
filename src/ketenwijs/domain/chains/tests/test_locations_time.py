"""A firm's pages and forms take the same work whether its site is shared or not, so time tells nothing (security case 3).

Work is counted in calls of functions, which is the same on every machine; a clock would not be.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ketenwijs.domain.chains.tests.factories import YEAR, sign_in
from ketenwijs.domain.chains.tests.register import register_of
from ketenwijs.domain.chains.tests.test_locations_hidden import firm_pages, share

pytestmark = pytest.mark.django_db
TOLERATED = 0.002
"""What caches and the clock of a session change by themselves, as a part of the whole."""


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    settings.DEMO = True


def calls_of(deed: Callable[[], Any]) -> int:
    """How many calls of functions a deed takes; the least of three, after one to fill the caches."""
    counts = []
    for _run in range(4):
        count = 0

        def counting(_frame: Any, event: str, _argument: Any) -> None:
            nonlocal count
            count += event in ("call", "c_call")

        sys.setprofile(counting)
        try:
            deed()
        finally:
            sys.setprofile(None)
        counts.append(count)
    return min(counts[1:])


def near(one: int, other: int) -> bool:
    return abs(one - other) <= TOLERATED * max(one, other)


def work_of_pages(firm):
    client = Client()
    sign_in(client, firm.viewer)
    return {page: calls_of(lambda page=page: client.get(page)) for page in firm_pages(firm)}


def test_every_page_takes_the_same_work_whether_the_site_is_shared_or_not():
    register = register_of()
    firm = register.firms[0]
    before = work_of_pages(firm)
    share(register)
    after = work_of_pages(firm)
    assert {page: (before[page], after[page]) for page in before if not near(before[page], after[page])} == {}


def test_saving_a_chain_takes_the_same_work_whether_another_firm_has_the_site_or_not():
    found = register_of()
    firm = found.firms[0]
    client = Client()
    sign_in(client, firm.viewer)
    parts = [firm.membership.organisation.reference, found.agreement.slug, YEAR]

    def saving(quarry: str) -> int:
        typed = {"version": 1, "supplier": "", "country": "IN", "material": "granite", "quarry_name": quarry}
        return calls_of(lambda: client.post(reverse("chains:add", args=parts), typed))

    share(found)
    theirs = found.firms[1].site.name
    assert near(saving(theirs), saving(theirs[::-1]))


def test_the_counting_sees_a_little_more_work():
    little, more = (calls_of(lambda size=size: [abs(one) for one in range(size)]) for size in (10_000, 10_100))
    assert not near(little, more)
