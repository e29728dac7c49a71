"""From risk sector to agreement: stages as of any day, goals that moved against what was signed, contested counts."""

from __future__ import annotations

from datetime import date

import pytest

from ketenwijs.sites.public.tests.factories import (
    CORK,
    SLATE,
    apply,
    described,
    event,
    moment,
    pipeline_content,
    sector,
)

pytestmark = pytest.mark.django_db


def text(client, **query):
    answer = client.get("/policy/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def board(page):
    """The part that shows sectors by stage."""
    return page.split("</form>")[-1].split('id="sectors-title"')[0]


@pytest.fixture
def policy():
    signed_later = [event(date(2016, 9, 1), "signed")]
    apply(
        {
            f"agreements/{SLATE}/agreement.yaml": described(SLATE),
            f"agreements/{CORK}/agreement.yaml": described(CORK, life=signed_later),
            "policy/pipeline.yaml": pipeline_content(
                sector("stone", moment(date(2014, 9, 1), "identified"), listed=True),
                sector(
                    "slate",
                    moment(date(2015, 7, 10), "negotiating"),
                    moment(date(2016, 7, 4), "signed", agreement=SLATE),
                    part_of="stone",
                    agreements=[SLATE],
                ),
                sector("cork", moment(date(2015, 7, 10), "exploring"), agreements=[CORK]),
                sector("coal", moment(date(2014, 11, 17), "signed")),
            ),
        }
    )


def test_without_a_pipeline_the_page_says_so(client):
    assert "Nothing is published yet" in text(client)


def test_sectors_stand_at_the_stage_of_the_day_asked_for(client, policy):
    page = board(text(client, on="2015-07-10"))
    assert "10 July 2015" in text(client, on="2015-07-10")
    order = [page.index(f"sector {code} en") for code in ("stone", "cork", "slate", "coal")]
    assert order == sorted(order)  # identified, exploring, negotiating, signed
    early = board(text(client, on="2014-09-01"))
    assert "sector stone en" in early and "sector slate en" not in early


def test_of_a_sector_with_an_agreement_here_the_agreement_tells_once_it_was_signed(client, policy):
    page = board(text(client, on="2022-06-01"))
    assert "31 December 2021" in page


def test_one_stage_can_be_chosen(client, policy):
    page = board(text(client, on="2015-07-10", stage="exploring"))
    assert "sector cork en" in page and "sector coal en" not in page
    assert "kw-empty" in board(text(client, on="2015-07-10", stage="extended"))


def test_a_day_that_is_none_is_pointed_out_and_today_is_shown(client, policy):
    page = text(client, on="10-07-2015")
    assert 'role="alert"' in page and 'value="10-07-2015"' in page
    assert "sector coal en" in page


def test_goals_that_moved_stand_against_what_was_signed_by_their_day(client, policy):
    page = text(client)
    rows = {name: page.split(f'<th scope="row">{name} en</th>')[1].split("</tr>")[0] for name in ("ten", "seven")}
    # Signed: one sector without an agreement here (2014), two agreements (July and September 2016).
    assert [cell.split("</td>")[0] for cell in rows["ten"].split('">')[2:5]] == ["10", "3", "2"]
    assert [cell.split("</td>")[0] for cell in rows["seven"].split('">')[2:5]] == ["7", "1", "0"]


def test_a_number_that_is_claimed_stands_beside_what_can_be_counted(client, policy):
    page = text(client)
    claim = page.split("thirteen are claimed en")[1].split("</tr>")[0]
    assert ">13<" in claim and ">12<" in claim and "twelve are named en" in claim and "Example editors" in claim
    assert 'href="https://example.org/e"' in claim


def test_every_moment_and_event_stands_in_a_table_with_its_source(client, policy):
    page = text(client)
    assert "Example Ministry, letter of 10 July 2015" in page
    assert "an advice en" in page and 'href="https://example.org/b"' in page


def test_the_number_of_queries_does_not_depend_on_the_number_of_sectors(client, policy, django_assert_max_num_queries):
    sectors = [sector(f"s{number}", moment(date(2015, 7, 10), "exploring")) for number in range(60)]
    apply(
        {
            f"agreements/{SLATE}/agreement.yaml": described(SLATE),
            "policy/pipeline.yaml": pipeline_content(*sectors, version="2"),
        }
    )
    with django_assert_max_num_queries(8):
        assert "sector s59 en" in text(client)
