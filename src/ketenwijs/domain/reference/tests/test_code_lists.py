"""The code lists: names in the reader's language, the economic area on a day, and checks of their files."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from ketenwijs.domain.reference import selectors as reference
from ketenwijs.foundation.content.checking import check_texts


@pytest.mark.parametrize(
    ("language", "name"), [("nl", "Duitsland"), ("fr", "Allemagne"), ("en", "Germany"), ("hi", "Duitsland")]
)
def test_a_country_has_its_name_in_the_readers_language(language, name):
    with override(language):
        assert reference.country("DE").name == str(reference.country("DE")) == name


def test_unknown_codes_are_none():
    readers = (reference.country, reference.material, reference.theme, reference.stage, reference.site_kind,
               reference.organisation_kind)  # fmt: skip
    assert [reader("nonesuch") for reader in readers] == [None] * 6


@pytest.mark.parametrize(
    ("country", "day", "inside"),
    [
        ("NL", date(2024, 1, 1), True),
        ("HR", date(2014, 4, 11), False),
        ("HR", date(2014, 4, 12), True),
        ("GB", date(2020, 6, 1), True),
        ("GB", date(2021, 1, 1), False),
        ("CH", date(2024, 1, 1), False),
        ("IN", date(2024, 1, 1), False),
    ],
)
def test_the_economic_area_is_asked_for_a_day(country, day, inside):
    assert reference.in_eea(country, day) is inside


def test_every_list_has_items_and_every_kind_of_site_at_most_one_stage():
    for reader in (
        reference.countries,
        reference.materials,
        reference.themes,
        reference.stages,
        reference.site_kinds,
    ):
        assert all(item.code and item.name for item in reader())
    assert reference.stage_of_site_kind("quarry").code == "quarrying"
    assert reference.stage_of_site_kind("nonesuch") is None
    assert len(reference.countries()) == 249
    assert {theme.family for theme in reference.themes()} == {"people", "green"}


def test_organisation_kinds_carry_their_trades():
    with override("nl"):
        assert [one.name for one in reference.organisation_kind("company").subkinds][0] == "importeur"
    assert {kind.code for kind in reference.organisation_kinds()} >= {
        "company",
        "authority",
        "party",
        "supporter",
    }


def own_files():
    folder = Path(settings.CONTENT_DIR) / "reference"
    names = (
        "themes",
        "stages",
        "site-kinds",
        "organisation-kinds",
        "eea",
        "country-names",
        "material-names",
        "roles",
    )
    return {f"reference/{name}.yaml": (folder / f"{name}.yaml").read_text("utf-8") for name in names}


def faults_after(file, old, new):
    texts = own_files()
    assert old in texts[f"reference/{file}.yaml"]
    texts[f"reference/{file}.yaml"] = texts[f"reference/{file}.yaml"].replace(old, new, 1)
    return {fault.code for fault in check_texts(texts).faults}


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("themes", "code: child_labour", "code: water", "duplicate_code"),
        ("stages", "site_kinds: [quarry,", "site_kinds: [mine,", "unknown_site_kind"),
        ("stages", "site_kinds: [port, agent]", "site_kinds: [port, quarry]", "duplicate_code"),
        ("eea", 'country: "AT", since: 1994-01-01', 'country: "QQ", since: 1994-01-01', "unknown_country"),
        (
            "eea",
            'country: "AT", since: 1994-01-01',
            'country: "AT", since: 1994-01-01, until: 1990-01-01',
            "period",
        ),
        ("site-kinds", "nl: groeve, ", "", "translation"),
        ("organisation-kinds", "code: party", "code: company", "duplicate_code"),
        ("roles", "procurement.ask", "procurement.shout", "unknown_right"),
        ("roles", "invites: [company_user,", "invites: [king,", "unknown_role"),
        ("roles", "code: operator", "code: auditor", "duplicate_code"),
    ],
)
def test_each_fault_of_a_code_list_is_named(file, old, new, code):
    assert code in faults_after(file, old, new)
