"""The kinds of file of the code lists, with the checks that their shapes cannot make."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ketenwijs.domain.reference.definitions import (
    CountriesFile,
    CountryBoxesFile,
    EeaFile,
    IntakeWordsFile,
    MaterialsFile,
    OrganisationKindsFile,
    SiteKindsFile,
    StagesFile,
    ThemesFile,
)
from ketenwijs.foundation.access.rights import is_right
from ketenwijs.foundation.access.roles import RolesFile
from ketenwijs.foundation.content.checking import duplicates
from ketenwijs.foundation.content.kinds import CheckFile, ContentKind, Loaded, Problem, register_kind


def codes_once(name: str) -> CheckFile:
    """A check that no code stands twice in the list of that name."""

    def check(loaded: Loaded, _all: list[Loaded]) -> Iterable[Problem]:
        codes = [one.code for one in getattr(loaded.content, name)]
        for place, code in duplicates(codes):
            yield (name, place, "code"), "duplicate_code", f"the code {code} stands twice"

    return check


def check_stages(loaded: Loaded, every: list[Loaded]) -> Iterable[Problem]:
    """Stages name kinds of site that exist, and no kind of site belongs to two stages."""
    yield from codes_once("stages")(loaded, every)
    content: Any = loaded.content
    known = {one.code for file in every if isinstance(file.content, SiteKindsFile) for one in file.content.site_kinds}
    seen: set[str] = set()
    for place, stage in enumerate(content.stages):
        for number, code in enumerate(stage.site_kinds):
            path = ("stages", place, "site_kinds", number)
            if known and code not in known:
                yield path, "unknown_site_kind", f"there is no kind of site {code}"
            if code in seen:
                yield path, "duplicate_code", f"the kind of site {code} belongs to two stages"
            seen.add(code)


def check_eea(loaded: Loaded, every: list[Loaded]) -> Iterable[Problem]:
    """Times in the economic area belong to known countries and end after they begin."""
    content: Any = loaded.content
    known = {code for file in every if isinstance(file.content, CountriesFile) for code in file.content.countries}
    for place, member in enumerate(content.members):
        if known and member.country not in known:
            yield ("members", place, "country"), "unknown_country", f"there is no country {member.country}"
        if member.until is not None and member.until < member.since:
            yield ("members", place, "until"), "period", "this day lies before the first one"


def check_roles(loaded: Loaded, _all: list[Loaded]) -> Iterable[Problem]:
    """Roles carry registered rights and invite roles that exist."""
    content: Any = loaded.content
    codes = {one.code for one in content.roles}
    yield from codes_once("roles")(loaded, _all)
    for place, role in enumerate(content.roles):
        for right in sorted(role.rights):
            if not is_right(right):
                yield ("roles", place, "rights"), "unknown_right", f"no app registered the right {right}"
        for invited in sorted(role.invites - codes):
            yield ("roles", place, "invites"), "unknown_role", f"there is no role {invited}"


def check_boxes(loaded: Loaded, _all: list[Loaded]) -> Iterable[Problem]:
    """Each box begins in the south and west, and lies on the earth."""
    content: Any = loaded.content
    for code, boxes in content.boxes.items():
        for place, (south, west, north, east) in enumerate(boxes):
            if not (-90 <= south < north <= 90 and -180 <= west < east <= 180):
                yield ("boxes", code, place), "wrong_box", "a box is south, west, north, east in degrees"


FOLDER = "reference/"
for kind in (
    ContentKind("countries", f"{FOLDER}country-names.yaml", CountriesFile, is_edition=False),
    ContentKind("materials", f"{FOLDER}material-names.yaml", MaterialsFile, is_edition=False),
    ContentKind("intake-words", f"{FOLDER}intake-words.yaml", IntakeWordsFile, is_edition=False),
    ContentKind("themes", f"{FOLDER}themes.yaml", ThemesFile, codes_once("themes"), is_edition=False),
    ContentKind("stages", f"{FOLDER}stages.yaml", StagesFile, check_stages, is_edition=False),
    ContentKind("site-kinds", f"{FOLDER}site-kinds.yaml", SiteKindsFile, codes_once("site_kinds"), is_edition=False),
    ContentKind(
        "organisation-kinds",
        f"{FOLDER}organisation-kinds.yaml",
        OrganisationKindsFile,
        codes_once("kinds"),
        is_edition=False,
    ),
    ContentKind("roles", f"{FOLDER}roles.yaml", RolesFile, check_roles, is_edition=False),
    ContentKind("country-boxes", f"{FOLDER}country-boxes.yaml", CountryBoxesFile, check_boxes, is_edition=False),
    ContentKind("eea", f"{FOLDER}eea.yaml", EeaFile, check_eea, is_edition=False),
):
    register_kind(kind)
