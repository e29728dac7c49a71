"""Areas that bear somebody's name are decided on before a list is published."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ketenwijs.domain.agreements.selectors import report_year
from ketenwijs.domain.chains import services
from ketenwijs.domain.chains.alike import names_alike
from ketenwijs.domain.chains.models import AreaName
from ketenwijs.domain.chains.rules.areas import area_key
from ketenwijs.domain.chains.selectors import areas_preview
from ketenwijs.domain.chains.services import SiteValues
from ketenwijs.domain.chains.tests.factories import (
    DAY,
    YEAR,
    add,
    example_agreement,
    member,
    opened,
    sign_in,
    staff,
    worker,
)
from ketenwijs.foundation.access.fence import fenced_for, unfenced
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.publishing.selectors import current, is_reproduced
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed, StaleVersion

pytestmark = pytest.mark.django_db
KIND = "chains.quarry_areas"
LEAK = "Sharma Stone Exports Pvt. Ltd., Karnataka"


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"
    settings.DEMO = True


@pytest.fixture
def agreement():
    return example_agreement()


@pytest.fixture
def year(agreement):
    return report_year(agreement, YEAR)


@pytest.fixture
def lead(agreement):
    somebody = staff(agreement)
    with fenced_for(somebody):
        yield somebody


def firm(agreement, name, supplier, *places):
    membership = member(agreement, name)
    somebody = worker(membership.organisation)
    with fenced_for(somebody):
        workspace = opened(somebody, membership)
        for place in places:
            add(somebody, workspace, supplier, quarry=SiteValues(name="Quarry 8", place=place))


def decide(lead, agreement, year, published_as, area=LEAK, reason="looked up on the map"):
    return services.decide_area_name(
        actor=lead, agreement=agreement, year=year, country="IN", area=area_key(area), published_as=published_as,
        reason=reason,
    )  # fmt: skip


def published(lead, agreement, year):
    return services.publish_areas(actor=lead, agreement=agreement, year=year, today=DAY).payload["countries"][0]


def test_names_are_read_as_the_matcher_reads_them_also_as_one_part_of_an_area():
    names = {"supplier": ["SHARMA STONE EXPORTS PRIVATE LIMITED", "Kolar Granites"], "site": [], "member": ["Xyz BV"]}
    found = names_alike(["Sharma Stone Exports Pvt. Ltd.", LEAK, "Kolar, Karnataka", "xyz"], names)
    assert found == {"Sharma Stone Exports Pvt. Ltd.": ["supplier"], LEAK: ["supplier"], "xyz": ["member"]}


def test_a_list_with_the_name_of_a_supplier_is_not_published_silently(agreement, year):
    firm(agreement, "Firm A", "Sharma Stone Exports Private Limited", LEAK, "Kolar, Karnataka")
    lead = staff(agreement)
    with fenced_for(lead):
        (alike,) = areas_preview(lead, agreement, year).undecided
        assert (alike.area, alike.kinds) == (LEAK, ("supplier",))
        with pytest.raises(DomainError, match="Decide on these names"):
            published(lead, agreement, year)
    assert current(KIND, agreement.slug) is None


def test_the_name_of_a_member_and_of_another_firms_site_count_too(agreement, year):
    firm(agreement, "Firm A", "Supplier", "Firm A")
    firm(agreement, "Firm B", "Supplier", "Quarry 8")
    lead = staff(agreement)
    with fenced_for(lead):
        found = {one.area: one.kinds for one in areas_preview(lead, agreement, year).undecided}
    assert found == {"Firm A": ("member",), "Quarry 8": ("site",)}


@pytest.mark.parametrize(
    ("published_as", "areas", "has_rest"),
    [(LEAK, [LEAK], False), ("Kolar, Karnataka", ["Kolar, Karnataka"], False), ("", [], True)],
)
def test_confirmed_renamed_or_left_unnamed_it_is_published_so_and_comes_out_again(
    agreement, year, published_as, areas, has_rest
):
    firm(agreement, "Firm A", "Sharma Stone Exports Ltd", LEAK)
    lead = staff(agreement)
    with fenced_for(lead):
        decide(lead, agreement, year, published_as)
        country = published(lead, agreement, year)
    assert (country["areas"], country["has_rest"]) == (areas, has_rest)
    assert is_reproduced(current(KIND, agreement.slug)) is True
    assert JournalEntry.objects.filter(event="chains.areas.name_decided").count() == 1


def test_a_decision_needs_a_reason_and_a_name_that_is_nobodys_and_only_the_lead_takes_it(agreement, year):
    firm(agreement, "Firm A", "Sharma Stone Exports Ltd", LEAK)
    lead, adviser = staff(agreement), staff(agreement, "adviser")
    with fenced_for(lead):
        with pytest.raises(DomainError) as refused:
            decide(lead, agreement, year, "firm a", reason=" ")
        assert set(refused.value.fields) == {"reason", "published_as"}
        with pytest.raises(StaleVersion):
            decide(lead, agreement, year, "X", area="Kolar")
    with fenced_for(adviser), pytest.raises(NotAllowed):
        decide(adviser, agreement, year, "Kolar")
    with unfenced(reason="test"):
        assert not AreaName.objects.exists()


def test_the_page_lists_decides_and_keeps_what_was_typed(client, agreement, year):
    firm(agreement, "Firm A", "Sharma Stone Exports Ltd", LEAK)
    sign_in(client, staff(agreement))
    preview, page = (reverse(f"chains:{name}", args=[agreement.slug, YEAR]) for name in ("areas", "area_names"))
    shown = client.get(preview).content.decode()
    assert "also the name of a supplier" in shown and page in shown and "Publish this list" not in shown
    (code,) = client.get(page).context["form"].areas
    again = client.post(page, {"area": code, "verdict": "rename", "published_as": "", "reason": "typed before"})
    assert "Fill in the other name." in again.content.decode() and "typed before" in again.content.decode()
    done = client.post(page, {"area": code, "verdict": "rename", "published_as": "Kolar", "reason": "typed before"})
    assert done.status_code == 302
    after = client.get(preview).content.decode()
    assert "Publish this list" in after and "Sharma" not in after
