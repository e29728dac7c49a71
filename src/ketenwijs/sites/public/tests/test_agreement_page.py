"""The page of one agreement: every fact with its source, conflicts side by side, no links to a register it has not."""

from __future__ import annotations

from datetime import date

import pytest

from ketenwijs.domain.agreements.tests.factories import example_agreement, member, words
from ketenwijs.foundation.publishing.models import Publication
from ketenwijs.sites.public.tests.factories import (
    CORK,
    GROWING,
    SITE,
    SLATE,
    described,
    event,
    figure,
    observed,
    published,
)

pytestmark = pytest.mark.django_db


def text(client, address=f"/agreements/{SLATE}/"):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


CONFLICT = {
    "code": "sum",
    "figures": ["end", "other"],
    "kept": "end",
    "reading": words("the report goes before the newspaper"),
    "decided_by": "Example editors",
}


def test_an_unknown_agreement_is_not_found(client):
    assert client.get("/agreements/nothing-here/").status_code == 404
    assert client.get("/figures/nothing-here/").status_code == 404
    assert client.get("/register/nothing-here/").status_code == 404


def test_everything_described_is_on_the_page(client):
    published(successor="", chair="A. Example")
    page = text(client)
    for found in (
        "Agreement example-slate en", "A. Example", "4 July 2016", "31 December 2021", "Example Knowledge Centre",
        "steering group en", "score against a pass mark en", "only totals en", "Report on the third year en",
        "€ 1,500", "base fee en", "complaints en", "it is signed en", "Child labour", "Example Union",
    ):  # fmt: skip
        assert found in page, found


def test_every_figure_can_be_checked_against_its_source(client):
    published(figures=observed(SLATE, [*GROWING, figure("month", 50, date(2019, 4, 1), precision="month")]))
    page = text(client)
    assert f'<a href="https://{SITE}" rel="noopener">{SITE}</a>' in page
    assert "April 2019" in page and "1 April 2019" not in page
    assert "published by the agreement itself" in page
    assert "all members en" in page


def test_a_source_that_is_no_address_stays_text(client):
    figures = [figure("end", 90, date(2021, 12, 31), source="Example Ministry, letter of 10 July 2015")]
    published(figures=observed(SLATE, figures))
    page = text(client)
    assert "Example Ministry, letter of 10 July 2015" in page
    assert "https://Example" not in page


def test_contradictions_stand_side_by_side_with_the_reading_and_who_chose_it(client):
    other = figure("other", 95, date(2021, 12, 31), source="news.example.org/slate", confidence="news")
    published(figures=observed(SLATE, [*GROWING, other], [CONFLICT]))
    for address in (f"/agreements/{SLATE}/", f"/figures/{SLATE}/"):
        page = text(client, address)
        shown = page.split('id="conflict-1"')[1]
        assert "90" in shown and "95" in shown and "news.example.org" in shown
        assert "the report goes before the newspaper en" in shown
        assert "Example editors" in shown
        assert page.count('href="#conflict-1"') == 2  # both figures in the table lead there


def test_a_contradiction_without_a_choice_says_so(client):
    other = figure("other", 95, date(2021, 12, 31))
    published(figures=observed(SLATE, [*GROWING, other], [{**CONFLICT, "kept": ""}]))
    assert "No figure was preferred." in text(client)


def test_an_agreement_that_only_describes_itself_links_to_no_register(client):
    published()
    page = text(client)
    for address in (f"/register/{SLATE}/", f"/areas/{SLATE}/", f"/register/{SLATE}/authorities/"):
        assert address not in page
    assert f"/figures/{SLATE}/" in page


def test_an_agreement_with_members_here_links_to_its_register_and_is_a_register_at_the_way_in(client):
    agreement = example_agreement()
    member(agreement)
    assert f'href="/register/{SLATE}/"' in text(client)
    assert f'href="/register/{SLATE}/"' in text(client, "/")


def test_the_way_in_links_to_the_overview_and_not_to_registers_that_do_not_exist(client):
    published()
    page = text(client, "/")
    assert 'href="/agreements/"' in page
    assert f"/register/{SLATE}/" not in page


def test_a_successor_is_named_and_linked(client):
    published(CORK)
    published(successor=CORK, life=[event(date(2021, 12, 31), "successor")])
    assert f'<a href="/agreements/{CORK}/">Agreement {CORK} en</a>' in text(client)


def test_an_agreement_without_figures_has_a_page_and_an_empty_figures_page(client):
    published(figures=observed(SLATE, []))
    text(client)
    assert "No figures are published yet" in text(client, f"/figures/{SLATE}/")


def test_a_copy_stored_before_descriptions_existed_still_has_a_page(client):
    published()
    newest = Publication.objects.get(kind="agreements.agreement", key=SLATE)
    later = {
        "sector_codes", "complaints_body", "supporters", "bodies", "participant_kinds", "tracks", "instrument",
        "public_output", "projects", "documents", "life", "successor",
    }  # fmt: skip
    old = {name: value for name, value in newest.payload.items() if name not in later}
    of_terms = {"starts_precision", "ends_precision", "agreed_end", "extended_until", "fees", "source"}
    old["terms"] = [{k: v for k, v in term.items() if k not in of_terms} for term in old["terms"]]
    Publication.objects.create(
        kind=newest.kind, key=SLATE, sequence=2, payload=old, checksum="", published_at=newest.published_at,
        effective_on=newest.effective_on, published_by_name="", address="/old/", supersedes=newest,
    )  # fmt: skip
    assert "Agreement example-slate en" in text(client)
    assert "Agreement example-slate en" in text(client, "/agreements/")
    assert client.get("/policy/").status_code == 200


def test_the_page_costs_the_same_number_of_queries_with_many_figures(client, django_assert_max_num_queries):
    figures = [figure(f"f{number}", number, date(2000 + number % 20, 1, 1)) for number in range(60)]
    published(figures=observed(SLATE, figures))
    with django_assert_max_num_queries(12):
        text(client)


def test_in_another_language_the_page_speaks_it(client):
    published(name=described(SLATE)["name"])
    client.cookies["django_language"] = "fr"
    page = text(client)
    assert "Agreement example-slate fr" in page and "score against a pass mark fr" in page
