"""Every page of this app against every role."""

import pytest
from django.urls import reverse

from ketenwijs.domain.procurement.tests.access import ACCESS
from ketenwijs.domain.procurement.tests.factories import asked, authority, example_agreement, sign_in, staff, worker
from ketenwijs.domain.procurement.urls import urlpatterns
from ketenwijs.foundation.access import roles
from ketenwijs.foundation.access.viewer import AGREEMENT, ORGANISATION

pytestmark = pytest.mark.django_db


def test_every_page_stands_in_the_access_table():
    assert {row["url"] for row in ACCESS} == {f"procurement:{one.name}" for one in urlpatterns}


@pytest.mark.parametrize("row", ACCESS, ids=lambda row: row["url"])
def test_each_role_opens_what_the_table_says_and_nothing_else(client, row):
    agreement = example_agreement()
    town = authority(agreement)
    enquiry = asked(worker(town, "authority_user", name="asker"), agreement, town)
    pattern = next(one.pattern for one in urlpatterns if f"procurement:{one.name}" == row["url"])
    page = reverse(row["url"], kwargs={"pk": enquiry.pk} if pattern.converters else None)
    for role in roles.all_roles().values():
        if role.scope == ORGANISATION:
            viewer = worker(town, role.code)
        elif role.scope == AGREEMENT:
            viewer = staff(agreement, role.code)
        else:
            continue
        sign_in(client, viewer)
        for method in row["methods"]:
            answer = client.generic(method, page).status_code
            if role.code in row["roles"]:
                assert answer == row["answer"], (role.code, method)
            else:
                assert answer in (302, 403, 404), (role.code, method)
