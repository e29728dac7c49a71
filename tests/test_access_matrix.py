"""Every address stands in an access table, and no page ever shows one firm's words to somebody else.

The walk opens every address with every role. Each confidential field of one firm holds a canary; whoever may not read
that firm must never find one, and its own people and secretariat must find them, so that the walk is known to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django_scopes.exceptions import ScopeError

from ketenwijs.domain.agreements.models import Membership
from ketenwijs.domain.agreements.tests.factories import (
    OTHER_SLUG,
    ROBOT,
    company,
    example_agreement,
    member,
    person,
    staff,
    worker,
)
from ketenwijs.domain.assessments.models import Dossier, Finding
from ketenwijs.domain.assessments.tests.factories import POLICY, YEAR, World, world
from ketenwijs.domain.awareness.models import Announcement, Mention
from ketenwijs.domain.chains.models import PeopleGroup, Site, SiteNumber
from ketenwijs.domain.chains.tests.factories import csv_of, sheet_rows, taken_in
from ketenwijs.domain.risks.models import Risk
from ketenwijs.domain.sitereports.models import SiteQuestion, SiteReport
from ketenwijs.foundation.access import roles
from ketenwijs.foundation.access.fence import fenced_for, unfenced
from ketenwijs.foundation.access.models import Grant
from ketenwijs.foundation.access.selectors import viewer_of
from ketenwijs.foundation.access.services import give
from ketenwijs.foundation.access.viewer import AGREEMENT, INSTALLATION, ORGANISATION, Scope, Viewer

OURS = Path(import_module("ketenwijs").__file__ or "").parent
CANARY = "kanarie"

# What a firm writes for itself and the secretariat, by fenced model; every other text of these models is a code.
CONFIDENTIAL = {
    "chains.Supplier": {"name"},
    "chains.Site": {"name", "place", "local_name"},
    "chains.SiteNumber": {"value"},
    "chains.PeopleGroup": {"how_known"},
    "chains.Link": {"source"},
    "chains.AreaName": {"area", "published_as", "reason"},
    "chains.SharedSite": {"name", "place"},
    "chains.SharedSiteIdentifier": {"value"},
    "questionnaires.Answer": {"explanation"},
    "questionnaires.Evidence": {"note"},
    "risks.Risk": {"reason", "source"},
    "risks.ChainException": {"reason", "source"},
    "assessments.Finding": {"reason", "reply", "final_reason"},
    "assessments.Outcome": {"reason"},
    "awareness.Announcement": {"announced_by", "confirmed_by"},
    "awareness.Mention": {"code_link", "website_link"},
    "plans.Plan": {"public_introduction", "public_policy"},
    "plans.Goal": {"title", "for_whom", "indicator", "baseline", "target", "owner", "means", "note", "public_title", "public_text"},
    "plans.Measure": {"what", "owner", "result", "public_text"},
    "sitereports.SiteReport": {"place", "site_name", "seen", "seen_when", "sender_name", "sender_email", "answer"},
    "sitereports.SiteQuestion": {"question", "found", "done"},
}  # fmt: skip
CODES = {
    "chains.Supplier": {"country"},
    "chains.Site": {"kind", "country"},
    "chains.SharedSite": {"kind", "country"},
    "chains.ClosedYear": {"year"},
    "chains.IntakeBatch": {"year", "sha256"},
    "chains.Chain": {"year", "material", "tonnes_band"},
    "chains.ColumnChoice": {"headings", "field"},
    "chains.AreaName": {"country"},
    "chains.PeopleGroup": {"year", "kind"},
    "chains.Link": {"kind", "country"},
    "questionnaires.AnswerSheet": {"year"},
    "questionnaires.Answer": {"requirement"},
    "risks.Risk": {"year", "country", "material", "stage", "theme"},
    "assessments.Dossier": {"group", "state", "frozen_checksum"},
    "assessments.Finding": {"requirement"},
    "assessments.Outcome": {"scheme", "proposed", "value"},
    "plans.Plan": {"year", "state"},
    "awareness.Announcement": {"way"},
    "awareness.Mention": {"year"},
    "plans.Goal": {"theme", "country"},
    "plans.Measure": {"influence"},
    "sitereports.SiteReport": {"number", "code_hash", "country", "site_kind", "sender_language", "state"},
    "sitereports.SiteQuestion": {"token"},
}
# Models that are not fenced but hold words of one organisation.
BESIDE = {"participants.Contact": {"name", "email", "function"}, "agreements.Membership": {"exit_note"}}
LIBRARY = ("account_", "mfa_", "set_language", "health")
VALUES: dict[str, list[Any]] = {
    "year": [YEAR],
    "step": ["1"],
    "requirement": [POLICY],
    "kind": ["participant"],
    "move": ["ready"],
    "country": ["IN"],
    "material": ["granite"],
    "stage": ["quarrying"],
    "position": [1],
    "language": ["nl"],
    "suffix": ["pdf", "docx"],
    "token": ["none"],
}


def addresses(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, list[str]]]:
    """Name and arguments of every address."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one, spaces + ((one.namespace,) if one.namespace else ()))
        elif isinstance(one, URLPattern) and one.name:
            yield ":".join([*spaces, one.name]), list(one.pattern.converters)


def own_addresses() -> dict[str, list[str]]:
    """Addresses that are ours, not the sign-in library's."""
    return {name: words for name, words in addresses(get_resolver()) if not name.startswith(LIBRARY)}


def fenced_models() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if not model.__module__.startswith("ketenwijs."):
            continue
        try:
            model._default_manager.all()
        except ScopeError:
            yield model


def texts_of(model: type[models.Model]) -> set[str]:
    return {
        one.name
        for one in model._meta.get_fields()
        if isinstance(one, models.CharField | models.TextField) and not one.choices
    }


def test_every_address_stands_in_the_access_table_of_its_app():
    rows = [
        row["url"]
        for path in sorted(OURS.rglob("tests/access.py"))
        if "complaints" not in path.parts
        for row in import_module("ketenwijs." + ".".join(path.relative_to(OURS).with_suffix("").parts)).ACCESS
    ]
    assert sorted(set(rows)) == sorted(own_addresses())


def test_every_text_of_a_fenced_model_is_known_as_confidential_or_as_a_code():
    for model in fenced_models():
        label = model._meta.label
        known = CONFIDENTIAL.get(label, set()) | CODES.get(label, set())
        assert texts_of(model) == known, f"{label}: say of each text whether it is confidential"


@pytest.fixture
def cast(db, settings):
    """One firm with everything filled in up to a published outcome, and all words replaced by canaries."""
    settings.DEMO = True
    found = world()
    found.open_round()
    found.until_decided()
    found.confirm_and_publish()
    with fenced_for(found.owner):
        next_year = found.workspace("2025-2026")
        taken_in(found.owner, next_year, csv_of(sheet_rows(2)))
    with unfenced(reason="test"):
        risk = Risk.objects.first()
        Finding.objects.update(reply="replied")
        report_about_a_site(found)
        announce_the_route(found)
        know_a_place(found)
    assert risk is not None
    plant()
    return found


def report_about_a_site(cast: World) -> None:
    """A report in the secretariat's hands and the one firm's question about it, at the address the walk knows."""
    shared = {"agreement": cast.agreement, "themes": []}
    report = SiteReport.objects.create(
        number="NONE", country="IN", sender_language="nl", received_on="2025-10-01", state="with_firms", **shared
    )
    SiteQuestion.objects.create(
        report=report, organisation=cast.firm.organisation, token="none", asked_on="2025-10-02",
        reply_by="2025-11-01", replied_on="2025-10-20", **shared,
    )  # fmt: skip


def announce_the_route(cast: World) -> None:
    """A line in the firm's register of announcements, and what it says of its code and website."""
    shared = {"organisation": cast.firm.organisation, "agreement": cast.agreement}
    Announcement.objects.create(
        site=Site.objects.filter(organisation=cast.firm.organisation).first(), announced_on="2025-03-12", way="poster",
        languages=["hi"], confirmed_on="2025-03-20", **shared,
    )  # fmt: skip
    Mention.objects.create(year=YEAR, in_code=True, on_website=True, **shared)


def know_a_place(cast: World) -> None:
    """What a firm knows of one of its places: a number in a register, and people who stand in none."""
    site = Site.objects.filter(organisation=cast.firm.organisation).first()
    SiteNumber.objects.create(site=site, scheme="licence", checked_on="2025-03-12")
    PeopleGroup.objects.create(site=site, year=YEAR, kind="home_workers", at_least=2)


def plant() -> None:
    """A canary in every confidential field of the one firm that has any."""
    with unfenced(reason="test"):
        for label, names in {**CONFIDENTIAL, **BESIDE}.items():
            model = apps.get_model(label)
            for row in model._default_manager.all():
                words = {name: f"{CANARY}-{label.lower()}-{name}" for name in names}
                model._default_manager.filter(pk=row.pk).update(**words)
        for dossier in Dossier.objects.all():
            Dossier.objects.filter(pk=dossier.pk).update(frozen=marked(dossier.frozen))


def marked(value: Any) -> Any:
    """A frozen hand-in with a canary in each free text."""
    free = {"explanation", "reason", "title", "what", "supplier", "note"}
    if isinstance(value, dict):
        return {k: f"{CANARY}-frozen-{k}" if k in free and isinstance(v, str) else marked(v) for k, v in value.items()}
    return [marked(one) for one in value] if isinstance(value, list) else value


def pages_of(cast: World) -> Iterator[str]:
    """Every address with every fitting argument."""
    organisations = [cast.firm.organisation.reference]
    for name, words in sorted(own_addresses().items()):
        known = {**VALUES, "firm": organisations, "agreement": [cast.agreement.slug], **numbers(name)}
        missing = [word for word in words if word not in known]
        assert not missing, f"{name}: the walk knows no value for {missing}"
        for chosen in product(*(known[word] for word in words)):
            yield reverse(name, kwargs=dict(zip(words, chosen, strict=True)))


def numbers(name: str) -> dict[str, list[Any]]:
    """Primary keys of everything an address of an app may be about."""
    app = name.split(":")[0]
    with unfenced(reason="test"):
        found = {pk for model in apps.get_app_config(app).get_models() for pk in few(model)} if ":" in name else set()
    chosen = sorted(found | {1}) if app in {one.label for one in apps.get_app_configs()} else [1]
    return {"pk": chosen, "paper": chosen}


def few(model: type[models.Model]) -> list[int]:
    return [pk for pk in model._default_manager.order_by("pk").values_list("pk", flat=True)[:6] if isinstance(pk, int)]


def outsiders(cast: World) -> Iterator[tuple[str, Viewer | None]]:
    """Everybody who may read nothing of the firm."""
    other_firm = member(cast.agreement, "Andere Steen BV").organisation
    other = example_agreement(OTHER_SLUG)
    town = company("Voorbeeldstad", kind="authority", subkind="municipality")
    Membership.objects.create(agreement=cast.agreement, organisation=town, kind="authority", joined_on="2020-01-01")
    yield "visitor", None
    for role in roles.all_roles().values():
        if role.scope == ORGANISATION:
            firm = town if "authority" in role.organisation_kinds else other_firm
            yield f"{role.code} of another organisation", worker(firm, role.code, name=f"o-{role.code}")
        elif role.scope == AGREEMENT:
            yield f"{role.code} of another agreement", staff(other, role.code, name=f"a-{role.code}")
            if "chains.read_members" not in role.rights:
                yield f"{role.code} of this agreement", staff(cast.agreement, role.code, name=f"h-{role.code}")
        else:
            somebody = person(f"i-{role.code}")
            give(actor=ROBOT, person=somebody, role=role.code, scope=Scope(INSTALLATION, "*"))
            yield role.code, viewer_of(somebody)


def canaries_in(client: Client, address: str) -> set[str]:
    """Canaries on a page, its downloads included."""
    answer = client.get(address)
    assert answer.status_code < 500, address
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return set(re.findall(rf"{CANARY}-[a-z._-]+", content.decode("utf-8", "ignore")))


def signed_in(viewer: Viewer | None) -> Client:
    client = Client()
    if viewer is not None and viewer.person is not None:
        client.force_login(viewer.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_nobody_outside_the_firm_and_its_secretariat_ever_reads_its_words(cast):
    pages = list(pages_of(cast))
    for who, viewer in outsiders(cast):
        client = signed_in(viewer)
        found = {page: seen for page in pages if (seen := canaries_in(client, page))}
        assert not found, f"{who} reads {found}"


def test_the_firm_and_its_secretariat_find_them_so_the_walk_looks_everywhere(cast):
    pages = list(pages_of(cast))
    seen: set[str] = set()
    for viewer in (cast.owner, cast.lead):
        client = signed_in(viewer)
        for page in pages:
            seen |= canaries_in(client, page)
    planted = {label.lower() for label in CONFIDENTIAL}
    shown = {one.removeprefix(f"{CANARY}-").rsplit("-", 1)[0] for one in seen}
    with unfenced(reason="test"):
        empty = {label.lower() for label in CONFIDENTIAL if not apps.get_model(label)._default_manager.exists()}
    assert planted - shown - empty == set()


def test_the_walk_fails_when_a_page_leaks(cast):
    """The leak-finder itself: the owner counts as an outsider here and must be caught."""
    assert any(canaries_in(signed_in(cast.owner), page) for page in pages_of(cast))


def everything() -> dict[str, list[Any]]:
    """All rows of the fenced models and of what stands beside them."""
    models_ = [*fenced_models(), *(apps.get_model(label) for label in BESIDE)]
    with unfenced(reason="test"):
        return {one._meta.label: list(one._default_manager.order_by("pk").values()) for one in models_}


def theirs(cast: World, name: str) -> dict[str, list[Any]]:
    """Numbers of the one firm's rows: of its people's roles for the pages about people, else of everything in the app."""
    if not name.startswith("participants:"):
        return numbers(name)
    roles_held = Grant.objects.filter(scope_kind=ORGANISATION, scope_key=str(cast.firm.organisation.pk))
    return {"pk": list(roles_held.values_list("pk", flat=True))}


def test_a_foreign_number_below_the_own_address_is_not_found_and_changes_nothing(cast):
    """Security case 2, for every address that names a firm and a number."""
    rival = member(cast.agreement, "Andere Steen BV").organisation
    clients = [signed_in(worker(rival, role, name=f"rival-{role}")) for role in ("company_user", "company_admin")]
    before, names = everything(), set()
    for name, words in sorted(own_addresses().items()):
        if not {"firm", "pk"} <= set(words):
            continue
        known = {**VALUES, "firm": [rival.reference], "agreement": [cast.agreement.slug], **theirs(cast, name)}
        for client, chosen in product(clients, product(*(known[word] for word in words))):
            address = reverse(name, kwargs=dict(zip(words, chosen, strict=True)))
            names.add(name)
            answers = {client.get(address).status_code, client.post(address, {"version": "1"}).status_code}
            assert answers <= {404, 405} and 404 in answers, address
    assert len(names) >= 10
    assert everything() == before
