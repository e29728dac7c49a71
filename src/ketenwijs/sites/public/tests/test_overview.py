"""The state of affairs: all agreements and sectors side by side, in a constant number of queries and a small page."""

from __future__ import annotations

import gzip
from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ketenwijs.domain.agreements.services import sync_agreements
from ketenwijs.domain.agreements.tests.factories import ROBOT
from ketenwijs.foundation.content.services import apply_directory
from ketenwijs.sites.public import remembering
from ketenwijs.sites.public.tests.factories import (
    CLAY,
    CORK,
    GROWING,
    SLATE,
    apply,
    described,
    event,
    figure,
    moment,
    observed,
    pipeline_content,
    published,
    sector,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/agreements/"
MOST_BYTES = 50_000


def text(client, address=ADDRESS, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def side_by_side():
    """A running agreement, an ended one, and two sectors without any."""
    running = described(
        CORK,
        terms=[{**described(CORK)["terms"][0], "starts_on": date(2023, 3, 6), "ends_on": date(2099, 3, 1)}],
        life=[event(date(2023, 3, 6), "signed")],
        themes=[{"code": "water", "from_term": "first"}],
        sector_codes=["cork"],
    )
    apply(
        {
            f"agreements/{SLATE}/agreement.yaml": described(SLATE, sector_codes=["slate"]),
            f"agreements/{SLATE}/observations.yaml": observed(SLATE, GROWING),
            f"agreements/{CORK}/agreement.yaml": running,
            "policy/pipeline.yaml": pipeline_content(
                sector("stone", moment(date(2014, 9, 1), "identified"), listed=True),
                sector("slate", moment(date(2016, 7, 4), "signed"), part_of="stone", agreements=[SLATE]),
                sector("cork", moment(date(2023, 3, 6), "signed"), agreements=[CORK]),
                sector("ships", moment(date(2015, 7, 10), "exploring")),
                sector("glass", moment(date(2015, 7, 10), "no_initiative"), part_of="stone"),
            ),
        }
    )


def test_without_anything_published_the_page_says_so(client):
    assert "Nothing is published yet" in text(client)


def test_agreements_stand_beside_sectors_that_have_none(client):
    side_by_side()
    page = text(client)
    assert page.index(f"Agreement {CORK} en") < page.index(f"Agreement {SLATE} en")  # running before ended
    assert "sector ships en" in page and "sector glass en" in page
    assert "sector slate en" not in page.split("<table")[3]


def test_each_row_tells_figures_with_date_and_source_instrument_and_report(client):
    side_by_side()
    page = text(client)
    for found in (
        "<strong>90</strong>",
        "31 December 2021",
        'href="https://reports.example.org/slate/2021" rel="noopener"',
        "score against a pass mark en",
        'href="https://example.org/report-2019" rel="noopener"',
        "April 2020",
        'id="example-slate-0-desc"',
    ):
        assert found in page, found


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ({"state": "running"}, f"Agreement {CORK} en", f"Agreement {SLATE} en"),
        ({"state": "ended"}, f"Agreement {SLATE} en", f"Agreement {CORK} en"),
        ({"state": "exploring"}, "sector ships en", f"Agreement {CORK} en"),
        ({"theme": "water"}, f"Agreement {CORK} en", f"Agreement {SLATE} en"),
        ({"sector": "stone"}, f"Agreement {SLATE} en", f"Agreement {CORK} en"),
        ({"sector": "stone", "state": "no_initiative"}, "sector glass en", "Agreement example"),
    ],
)
def test_the_filter_works_without_script_by_sector_theme_and_state(client, query, shown, hidden):
    side_by_side()
    rows = text(client, **query).split("</form>")[-1]
    assert shown in rows
    assert hidden not in rows


def test_a_choice_that_nothing_fits_says_what_to_do(client):
    side_by_side()
    page = text(client, theme="water", state="ended")
    assert ADDRESS in page and "kw-empty" in page


def test_nonsense_in_the_filter_filters_nothing(client):
    side_by_side()
    page = text(client, state="<script>", theme="dragons")
    assert "<script>" not in page
    assert page.split("</form>")[-1] == text(client).split("</form>")[-1]


def test_a_figure_that_sources_dispute_says_so_and_leads_to_the_contradiction(client):
    figures = [*GROWING, figure("other", 95, date(2021, 12, 31))]
    conflict = {
        "code": "end",
        "figures": ["end", "other"],
        "kept": "end",
        "reading": {"nl": "negentig", "fr": "quatre-vingt-dix", "en": "ninety"},
        "decided_by": "Example editors",
    }
    published(figures=observed(SLATE, figures, [conflict]))
    page = text(client)
    assert f'href="/agreements/{SLATE}/#conflicts"' in page
    assert "<strong>90</strong>" in page and "<strong>95</strong>" not in page


def many(number: int) -> None:
    files = {}
    for place in range(number):
        slug = f"example-{place:02}"
        files[f"agreements/{slug}/agreement.yaml"] = described(slug)
        files[f"agreements/{slug}/observations.yaml"] = observed(slug, GROWING)
    apply(files)


def queries_of(client, address=ADDRESS) -> int:
    remembering._kept.clear()
    with CaptureQueriesContext(connection) as queries:
        text(client, address)
    return len(queries)


def test_the_number_of_queries_does_not_grow_with_the_number_of_agreements(client):
    many(2)
    few = queries_of(client)
    many(30)
    assert queries_of(client) == few <= 15
    with CaptureQueriesContext(connection) as again:
        text(client)
    assert len(again) <= 4  # a second visit only asks whether anything was added


def compressed(client, address=ADDRESS) -> int:
    answer = client.get(address, headers={"accept-encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content)
    return len(answer.content)


def test_thirty_agreements_stay_under_fifty_kilobytes(client):
    many(30)
    assert compressed(client) < MOST_BYTES


def test_all_agreements_of_the_content_folder_stay_under_fifty_kilobytes(client):
    apply_directory(actor=ROBOT, root=settings.CONTENT_DIR)
    sync_agreements(actor=ROBOT)
    assert compressed(client) < MOST_BYTES
    assert compressed(client, reverse("public:pipeline")) < MOST_BYTES
    assert queries_of(client) <= 15


def test_a_new_copy_is_on_the_page_at_once(client):
    published()
    assert "Agreement example-clay" not in text(client)
    published(CLAY)
    assert "Agreement example-clay" in text(client)
