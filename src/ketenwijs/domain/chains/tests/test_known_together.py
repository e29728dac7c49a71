"""What members know together: joined only where the secretariat matched, shown only to it, kept right when a link changes."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ketenwijs.domain.agreements.selectors import report_year
from ketenwijs.domain.chains import services
from ketenwijs.domain.chains.models import Chain, Link
from ketenwijs.domain.chains.selectors import upstream as reading
from ketenwijs.domain.chains.selectors.upstream import known_together
from ketenwijs.domain.chains.services import SiteValues
from ketenwijs.domain.chains.tests.factories import (
    YEAR,
    add,
    example_agreement,
    member,
    opened,
    sign_in,
    staff,
    worker,
)
from ketenwijs.foundation.access.fence import fenced_for

pytestmark = pytest.mark.django_db
FACTORY = SiteValues(name="Deccan Cutting Works", place="Bangalore", country="IN")
QUARRY = SiteValues(name="Kolar Quarry 8", place="Kolar, Karnataka", country="IN")
UNKNOWN = SiteValues()


@pytest.fixture(autouse=True)
def nothing_kept(settings):
    settings.LANGUAGE_CODE = "en"
    settings.DEMO = True
    reading._kept.clear()
    yield
    reading._kept.clear()


@pytest.fixture
def agreement():
    return example_agreement()


@pytest.fixture
def lead(agreement):
    return staff(agreement)


def firm(agreement, name, factory=FACTORY, quarry=QUARRY):
    """A member with one chain; its sites by kind."""
    membership = member(agreement, name)
    somebody = worker(membership.organisation, name=name.lower().replace(" ", "."))
    with fenced_for(somebody):
        chain = add(somebody, opened(somebody, membership), f"{name} supplier", factory=factory, quarry=quarry)
        return {link.kind: link.site for link in chain.links.select_related("site")}


def read(lead, agreement):
    with fenced_for(lead):
        return known_together(lead, agreement, report_year(agreement, YEAR))


def by_name(known):
    return {one.organisation.name: one for one in known.members}


def matched(lead, agreement, *sites):
    """The sites are one location by the secretariat's decision."""
    with fenced_for(lead):
        location = services.register_sites(actor=lead, agreement=agreement, pks=[sites[0].pk])[0]
        for site in sites[1:]:
            services.match_site(actor=lead, agreement=agreement, site=site, location=location)
    return location


def test_without_a_match_every_firm_stands_for_itself(agreement, lead):
    firm(agreement, "Firm A")
    firm(agreement, "Firm B", quarry=UNKNOWN)
    known = read(lead, agreement)
    assert (known.places, known.countries, known.open_ends, known.shared) == (3, 1, 1, [])
    one = by_name(known)["Firm B"]
    assert (one.own_places, one.places, one.own_open_ends, one.open_ends) == (1, 1, 1, 1)


def test_a_matched_factory_closes_the_end_that_another_member_knows(agreement, lead):
    first = firm(agreement, "Firm A")
    second = firm(agreement, "Firm B", quarry=UNKNOWN)
    location = matched(lead, agreement, first["factory"], second["factory"])
    known = read(lead, agreement)
    one = by_name(known)["Firm B"]
    assert (one.own_places, one.more_places, one.own_open_ends, one.open_ends) == (1, 1, 1, 0)
    assert known.members[0].organisation.name == "Firm B"
    assert [(one.name, one.location, one.members, one.direct) for one in known.shared] == [
        (FACTORY.name, location.pk, 2, 2),
        (QUARRY.name, None, 2, 1),
    ]


def test_an_unknown_factory_is_an_open_end_of_the_firm_itself(agreement, lead):
    firm(agreement, "Firm A", factory=UNKNOWN)
    one = by_name(read(lead, agreement))["Firm A"]
    assert (one.places, one.own_open_ends, one.open_ends, one.countries) == (1, 1, 1, ("IN",))


def test_a_changed_link_changes_what_was_kept_and_nothing_is_worked_out_anew(agreement, lead):
    first, second = firm(agreement, "Firm A"), firm(agreement, "Firm B", quarry=UNKNOWN)
    matched(lead, agreement, first["factory"], second["factory"])
    read(lead, agreement)
    (kept,) = reading._kept.values()
    before = kept.upstream
    with fenced_for(lead):
        link = Link.objects.get(chain__organisation=second["factory"].organisation, kind="quarry")
        link.site = first["quarry"]
        link.save()
        changed = read(lead, agreement)
        assert next(iter(reading._kept.values())).upstream is before
        reading._kept.clear()
        anew = read(lead, agreement)
    assert changed == anew
    assert by_name(changed)["Firm B"].own_open_ends == 0


def test_a_chain_left_out_or_a_new_firm_is_seen_at_once(agreement, lead):
    firm(agreement, "Firm A")
    assert len(read(lead, agreement).members) == 1
    firm(agreement, "Firm B")
    assert len(read(lead, agreement).members) == 2
    with fenced_for(lead):
        Chain.objects.all().delete()
    assert read(lead, agreement).members == []


@pytest.mark.parametrize("role", ["assessor", "steering_member"])
def test_who_does_not_keep_the_register_reads_nothing(client, agreement, role):
    firm(agreement, "Firm A")
    somebody = staff(agreement, role)
    assert read(somebody, agreement) is None
    sign_in(client, somebody)
    assert client.get(reverse("chains:upstream", args=[agreement.slug, YEAR])).status_code == 403


def test_a_firm_reads_nothing_even_of_itself(client, agreement):
    somebody = worker(firm(agreement, "Firm A")["factory"].organisation, name="else")
    assert read(somebody, agreement) is None
    sign_in(client, somebody)
    assert client.get(reverse("chains:upstream", args=[agreement.slug, YEAR])).status_code == 403


def test_the_page_asks_a_fixed_number_of_queries(client, agreement, lead):
    sign_in(client, lead)
    page = reverse("chains:upstream", args=[agreement.slug, YEAR])
    assert "No chains of this year yet" in client.get(page).content.decode()
    counts, sites = [], []
    for number in (2, 9):
        sites += [firm(agreement, f"Firm {number} {one}")["quarry"] for one in range(number)]
        if not counts:
            matched(lead, agreement, *sites)
        reading._kept.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15
    text = answer.content.decode()
    assert "Firm 9 8" in text and QUARRY.name in text
    assert client.get(reverse("chains:upstream", args=[agreement.slug, "1999-2000"])).status_code == 404
    assert (
        reverse("chains:upstream", args=[agreement.slug, YEAR])
        in client.get(reverse("chains:coverage", args=[agreement.slug, YEAR])).content.decode()
    )


def test_of_another_agreement_nothing_counts(agreement, lead):
    other = example_agreement("example-cork")
    firm(other, "Elsewhere")
    with fenced_for(lead):
        assert read(lead, agreement).members == []
