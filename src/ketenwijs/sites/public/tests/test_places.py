"""Quarry areas and production locations in public: pages, files and schemas say the same, and nothing more than the copy."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ketenwijs.domain.agreements.tests.factories import OTHER_SLUG, ROBOT, SLUG, example_agreement
from ketenwijs.domain.chains.publications import (
    KIND,
    LOCATIONS_KIND,
    areas_from,
    frozen_areas,
    frozen_locations,
    locations_from,
)
from ketenwijs.domain.chains.rules import AreaSource, AreaTerms
from ketenwijs.domain.chains.rules.locations import LocationSource
from ketenwijs.foundation.publishing.models import Publication
from ketenwijs.foundation.publishing.services import publish, withdraw
from ketenwijs.sites.public import finding, locations, outlines

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 4)
AREAS, PLACES = f"/areas/{SLUG}/", f"/locations/{SLUG}/"


@pytest.fixture(autouse=True)
def agreement():
    locations._kept.clear()
    yield example_agreement()
    locations._kept.clear()


def publish_areas():
    sources = [AreaSource(firm, "IN", "Kolar, Karnataka", True) for firm in range(6)]
    sources += [AreaSource(firm, "IN", "=Salem", True) for firm in range(8)]
    sources += [AreaSource(1, "AO", "Namibe", True), AreaSource(2, "MG", "", True)]
    inputs = frozen_areas(sources, AreaTerms(True, 5), agreement=SLUG, year="2024-2025", as_of=DAY, is_example=True)
    return publish(
        actor=ROBOT, kind=KIND, key=SLUG, payload=areas_from(inputs), effective_on=DAY, inputs=inputs
    )  # fmt: skip


def place(name, country="IN", firm=1, where="Bengaluru", **more):
    return LocationSource(firm, "factory", name, where, country, True, **more)


def publish_places(*sources, day=DAY, before=None, slug=SLUG):
    inputs = frozen_locations(
        list(sources), ["factory"], before, agreement=slug, year="2024-2025", as_of=day, has_rest=True, is_example=True
    )
    return publish(
        actor=ROBOT, kind=LOCATIONS_KIND, key=slug, payload=locations_from(inputs), effective_on=day, inputs=inputs
    )  # fmt: skip


def text(client, address, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200, address
    return answer.content.decode()


def table(client, address):
    return list(csv.DictReader(text(client, address).splitlines()))


def test_areas_are_on_the_page_with_a_map_and_their_unknown_remainder(client):
    publish_areas()
    page = text(client, AREAS)
    assert "Kolar, Karnataka (6)" in page and "Namibe" in page and "Namibe (1)" not in page
    assert "also other or unknown places" in page and "kw-map" in page
    assert "outlines" in page and "#AO" in page


def test_the_areas_as_a_file_hold_a_line_for_each_area_and_each_remainder(client):
    publish_areas()
    lines = table(client, f"{AREAS}areas.csv")
    found = [(one["country"], one["area"], one["members"], one["remainder"]) for one in lines]
    assert found == [
        ("AO", "Namibe", "", "false"),
        ("IN", "'=Salem", "8", "false"),
        ("IN", "Kolar, Karnataka", "6", "false"),
        ("MG", "", "", "true"),
    ]
    assert (lines[2]["district"], lines[2]["province"], lines[2]["country_members"]) == ("Kolar", "Karnataka", "8")


@pytest.mark.parametrize(
    ("folder", "schema", "file"),
    [(AREAS, "/areas/areas.schema.json", "areas.csv"), (PLACES, "/locations/locations.schema.json", "locations.csv")],
)
def test_the_schema_names_the_columns_and_is_linked_from_the_file(client, folder, schema, file):
    publish_areas()
    publish_places(place("Unit 1"))
    fields = json.loads(text(client, schema))
    answer = client.get(folder + file)
    assert answer.content.decode().splitlines()[0].split(",") == [one["name"] for one in fields["fields"]]
    assert schema in answer.headers["Link"]
    keys = fields["primaryKey"] if isinstance(fields["primaryKey"], list) else [fields["primaryKey"]]
    lines = table(client, folder + file)
    assert len({tuple(line[key] for key in keys) for line in lines}) == len(lines)


def test_areas_as_geojson_draw_the_country_and_list_its_areas(client):
    publish_areas()
    answer = client.get(f"{AREAS}areas.geojson")
    assert answer.headers["Content-Type"] == "application/geo+json"
    found = {one["id"]: one for one in answer.json()["features"]}
    assert found["IN"]["properties"]["areas"][1] == {"name": "Kolar, Karnataka", "members": 6}
    assert found["MG"]["properties"]["remainder"] is True and found["MG"]["properties"]["areas"] == []
    shape = outlines.geometry("IN")
    if shape is not None:  # the browser files are fetched at setup
        assert found["IN"]["geometry"] == json.loads(json.dumps(shape))


def test_outlines_come_back_in_degrees_with_closed_rings_and_holes():
    if not outlines._outlines():
        pytest.skip("the outlines are fetched at setup")
    (india,) = [ring for ring, *_holes in outlines.geometry("IN")["coordinates"]][:1]
    assert india[0] == india[-1]
    assert 66 < min(x for x, _y in india) < 70 and 5 < min(y for _x, y in india) < 10
    assert any(len(polygon) > 1 for polygon in outlines.geometry("ZA")["coordinates"])
    assert outlines.geometry("XX") is None


def test_a_copy_of_before_numbers_of_areas_were_told_still_shows(client):
    payload = areas_from(
        frozen_areas(
            [AreaSource(1, "IN", "Kolar", True)], AreaTerms(True, 5), agreement=SLUG, year="2023", as_of=DAY,
            is_example=False,
        )
    )  # fmt: skip
    made = publish(actor=ROBOT, kind=KIND, key=SLUG, payload=payload, effective_on=DAY)
    made.payload["countries"][0].pop("numbers")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE publishing_publication SET payload = %s WHERE id = %s", [json.dumps(made.payload), made.pk]
        )
    assert "Kolar" in text(client, AREAS)
    assert table(client, f"{AREAS}areas.csv")[0]["members"] == ""


def test_locations_are_listed_searched_and_narrowed_without_accents_or_capitals(client):
    publish_places(
        place("Têxtil Viçosa", "PT", where="Évora"), place("Sample Garments"), place("石材加工厂", "CN", where="")
    )
    page = text(client, PLACES)
    assert "Têxtil Viçosa" in page and "石材加工厂" in page and "3 locations" in page
    assert "Sample Garments" not in text(client, PLACES, name="vicosa")
    assert "Têxtil Viçosa" in text(client, PLACES, name="EVORA")
    assert "石材加工厂" in text(client, PLACES, name="加工")
    narrowed = text(client, PLACES, country="IN")
    assert "Sample Garments" in narrowed and "Têxtil" not in narrowed
    assert "No location matches" in text(client, PLACES, name="vicosa", country="IN")
    assert "No location matches" in text(client, PLACES, country="zz")


def test_numbers_by_year_and_changes_are_told_and_a_removed_one_stands_in_the_file(client):
    first = publish_places(place("Unit 1"), place("Unit 2"), day=date(2024, 7, 4))
    publish_places(place("Unit 2"), place("Unit 3"), before=first.payload)
    page = text(client, PLACES)
    assert "1 new, 1 gone" in page and "2024" in page and "2025" in page
    changes = {one["name"]: one["change"] for one in table(client, f"{PLACES}locations.csv")}
    assert changes == {"Unit 1": "removed", "Unit 2": "", "Unit 3": "added"}


def test_locations_as_geojson_have_a_point_where_coordinates_are_known(client):
    publish_places(place("Unit 1", latitude=12.97, longitude=77.59), place("Unit 2"))
    found = {
        one["properties"]["name"]: one["geometry"]
        for one in client.get(f"{PLACES}locations.geojson").json()["features"]
    }
    assert found == {"Unit 1": {"type": "Point", "coordinates": [77.59, 12.97]}, "Unit 2": None}


def test_a_list_for_a_coming_day_is_not_shown_and_a_withdrawn_one_is_gone(client):
    publish_places(place("Unit 1"), day=timezone.localdate() + timedelta(days=3))
    for file in ("", "locations.csv", "locations.geojson"):
        assert client.get(PLACES + file).status_code == 404
    now = publish_places(place("Unit 2"), day=timezone.localdate())
    assert "Unit 2" in text(client, PLACES)
    withdraw(actor=ROBOT, publication=Publication.objects.get(pk=now.pk), reason="wrong")
    assert client.get(PLACES).status_code == 404


def test_lists_of_two_agreements_do_not_mix_and_the_menu_knows_which_has_one(client):
    example_agreement(OTHER_SLUG)
    publish_places(place("Unit 1"))
    assert "Unit 1" in text(client, PLACES)
    assert client.get(f"/locations/{OTHER_SLUG}/").status_code == 404
    assert client.get(f"/areas/{OTHER_SLUG}/areas.csv").status_code == 404
    assert f'href="{PLACES}"' in text(client, f"/agreements/{SLUG}/")
    assert f'href="/locations/{OTHER_SLUG}/"' not in text(client, f"/agreements/{OTHER_SLUG}/")


def test_a_search_that_finds_very_many_says_so(client, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 3)
    monkeypatch.setattr("ketenwijs.sites.public.views.places.MOST", 3)
    publish_places(*(place(f"Unit {number}") for number in range(9)))
    assert "More than 3 locations" in text(client, PLACES, name="unit")
    assert "9 locations" in text(client, PLACES)


def test_a_known_list_is_read_without_its_contents_and_in_a_steady_number_of_queries(client):
    publish_places(*(place(f"Unit {number}") for number in range(200)))
    text(client, PLACES)
    with CaptureQueriesContext(connection) as first:
        text(client, PLACES, page="2")
    with CaptureQueriesContext(connection) as searched:
        text(client, PLACES, name="unit 1")
    assert len(first) == len(searched) <= 4
    assert not any("payload" in query["sql"] for query in [*first, *searched])


def test_provinces_with_named_areas_are_drawn_and_what_has_no_outline_is_only_listed(client):
    publish_areas()
    page = text(client, AREAS)
    assert "vendor/provinces-IN" in page and "#karnataka" in page
    assert "vendor/provinces-AO" in page and "#namibe" in page
    assert "vendor/provinces-MG" not in page, "no area of it is named"
    assert "#salem" not in page and "=Salem" in page, "a district without an outline stands in the table alone"


def test_provinces_are_features_of_the_open_data_with_the_areas_in_them(client):
    publish_areas()
    found = {one["id"]: one for one in client.get(f"{AREAS}areas.geojson").json()["features"]}
    assert found["IN/karnataka"]["properties"]["areas"] == [{"name": "Kolar, Karnataka", "members": 6}]
    assert found["IN/karnataka"]["geometry"]["type"] == "MultiPolygon"
    assert "MG" in found and not any(name.startswith("MG/") for name in found)
