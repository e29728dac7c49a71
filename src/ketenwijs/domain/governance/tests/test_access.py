"""Every page of this app against every role; firms find nothing, staff of another agreement nothing either."""

import pytest
from django.urls import reverse

from ketenwijs.domain.governance.tests.access import ACCESS
from ketenwijs.domain.governance.tests.factories import (
    CANARY,
    OTHER_SLUG,
    body,
    check,
    committed,
    decided,
    example_agreement,
    goal,
    line,
    meeting,
    member,
    paper,
    seat,
    sign_in,
    staff,
    subsidy,
    worker,
)
from ketenwijs.domain.governance.urls import urlpatterns
from ketenwijs.foundation.access import roles
from ketenwijs.foundation.access.viewer import AGREEMENT, ORGANISATION
from ketenwijs.foundation.files.selectors import file_for

pytestmark = pytest.mark.django_db
PLACE_OF = {
    "bod": "body", "seat": "seat", "meeting": "meeting", "paper": "meeting", "hold": "meeting", "approve": "meeting",
    "cancel": "meeting", "decision": "decision", "supersede": "decision", "carry_out": "accession",
    "commitment": "commitment", "move": "commitment", "rate": "commitment", "goal": "goal", "line": "line",
    "amount": "line", "check": "check", "subsidy": "subsidy",
}  # fmt: skip


@pytest.fixture
def world():
    """One of everything."""
    agreement = example_agreement()
    lead = staff(agreement, name="builder")
    group = body(lead, agreement)
    planned = meeting(lead, group)
    return {
        "agreement": agreement,
        "lead": lead,
        "body": group,
        "seat": seat(lead, group),
        "meeting": planned,
        "paper": paper(lead, planned),
        "decision": decided(lead, group),
        "accession": decided(lead, group, "accession", party_name="Example Union"),
        "commitment": committed(lead, agreement),
        "goal": goal(lead, agreement),
        "line": line(lead, agreement),
        "check": check(lead, agreement),
        "subsidy": subsidy(lead, agreement),
    }


def address(row, world, slug=""):
    pattern = next(one.pattern for one in urlpatterns if f"governance:{one.name}" == row["url"])
    name = row["url"].partition(":")[2].replace("bodies", "body")
    place = "seat" if name == "new_seat" else next((PLACE_OF[key] for key in PLACE_OF if key in name), "body")
    place = "body" if name == "new_seat" else place
    known = {"agreement": slug or world["agreement"].slug, "pk": world[place].pk, "paper": world["paper"].pk}
    return reverse(row["url"], kwargs={key: {**known, **row["arguments"]}[key] for key in pattern.converters})


def test_every_page_stands_in_the_access_table():
    assert sorted(row["url"] for row in ACCESS) == sorted(f"governance:{one.name}" for one in urlpatterns)


@pytest.mark.parametrize("row", ACCESS, ids=lambda row: row["url"])
def test_each_role_opens_what_the_table_says_and_nothing_else(client, world, row):
    firm = member(world["agreement"])
    for role in roles.all_roles().values():
        if role.scope == ORGANISATION:
            viewer = worker(firm.organisation, role.code)
        elif role.scope == AGREEMENT:
            viewer = staff(world["agreement"], role.code)
        else:
            continue
        sign_in(client, viewer)
        for method in row["methods"]:
            answer = client.generic(method, address(row, world))
            if role.code in row["roles"]:
                assert answer.status_code == row["answer"], (role.code, method)
            else:
                assert answer.status_code == 404, (role.code, method)
                assert CANARY.encode() not in answer.content


@pytest.mark.parametrize(
    "row", [row for row in ACCESS if row["arguments"] or "home" not in row["url"]], ids=lambda r: r["url"]
)
def test_the_lead_of_another_agreement_never_sees_this_one_not_even_below_the_own_address(client, world, row):
    other = example_agreement(OTHER_SLUG)
    elsewhere = staff(other, name="elsewhere")
    sign_in(client, elsewhere)
    for method in row["methods"]:
        assert client.generic(method, address(row, world)).status_code == 404
        below_own = client.generic(method, address(row, world, OTHER_SLUG))
        assert CANARY.encode() not in below_own.content
        if "pk" in str(next(one.pattern for one in urlpatterns if f"governance:{one.name}" == row["url"])):
            assert below_own.status_code == 404


def test_papers_are_opened_by_readers_of_the_agreement_only(world):
    agreement, file = world["agreement"], world["paper"].file
    assert file_for(staff(agreement, "party_member"), file.pk) == file
    assert file_for(worker(member(agreement).organisation), file.pk) is None
    assert file_for(staff(example_agreement(OTHER_SLUG)), file.pk) is None
