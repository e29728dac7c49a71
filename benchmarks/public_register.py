"""Processor time of one page of a public register of 100,000: production locations and firms, listed and searched.

Run on demand: `python benchmarks/public_register.py`. Fills a throw-away database with invented copies of two sizes and
prints, for each kind of page, the median and the slowest of pages that were never asked before (aim 10 ms), the first page
of a fresh process, and the growth for ten times as many lines.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="ketenwijs-bench-"))
os.environ.setdefault("DATA_DIR", str(FOLDER))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ketenwijs.config.settings.local")

import django  # noqa: E402 - the settings must be chosen first

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from ketenwijs.domain.agreements.packages import all_definitions  # noqa: E402
from ketenwijs.domain.agreements.publications import MEMBER  # noqa: E402
from ketenwijs.domain.chains.publications import LOCATIONS_KIND, frozen_locations, locations_from  # noqa: E402
from ketenwijs.domain.chains.rules.locations import LocationSource  # noqa: E402
from ketenwijs.foundation.access.viewer import system  # noqa: E402
from ketenwijs.foundation.publishing.models import Publication  # noqa: E402
from ketenwijs.foundation.publishing.services import publish  # noqa: E402
from ketenwijs.sites.public import locations, remembering  # noqa: E402

SIZES = (10_000, 100_000)
PAGES = 25
FIRST = ("Shree", "Viçosa", "Fujian", "Anadolu", "Saigon", "Porto", "Deccan", "Nile", "Atlas", "Baltic")
SECOND = ("Garments", "Têxtil", "石材", "Taş", "Apparel", "Granite", "Fashions", "Marble", "Mills", "Stone")
COUNTRIES = ("IN", "PT", "CN", "TR", "VN", "BR", "EG", "MA", "IT", "BD")
DICE = random.Random(2026)


def named(number: int) -> str:
    """An invented name."""
    return f"{DICE.choice(FIRST)} {DICE.choice(SECOND)} {number}"


def fill_locations(slug: str, number: int) -> None:
    """A list of so many production locations, published."""
    sources = [
        LocationSource(
            one % 500, "factory", named(one), f"Street {one % 999}, District {one % 70}", COUNTRIES[one % 10], True
        )
        for one in range(number)
    ]
    inputs = frozen_locations(
        sources,
        ["factory"],
        None,
        agreement=slug,
        year="2024-2025",
        as_of=date(2025, 7, 4),
        has_rest=True,
        is_example=True,
    )
    publish(
        actor=system("benchmark"), kind=LOCATIONS_KIND, key=slug, payload=locations_from(inputs),
        effective_on=date(2025, 7, 4), inputs=inputs,
    )  # fmt: skip


def fill_firms(slug: str, first: int, number: int) -> None:
    """Public copies of so many members."""
    now = timezone.now()
    rows = (
        Publication(
            kind=MEMBER, key=f"{slug}/{one:08d}", sequence=1, checksum="0" * 64, published_at=now, effective_on=now.date(),
            address=f"/bench/{slug}/{one}/",
            payload={
                "reference": f"{one:08d}", "name": named(one), "kind": "company", "country": "NL", "place": "Utrecht",
                "joined_on": "2024-01-01", "left_on": None, "group": "C", "is_example": True, "outcomes": [], "plan_links": [],
            },
        )
        for one in range(first, number)
    )  # fmt: skip
    Publication.objects.bulk_create(rows, batch_size=2000)


def spent_ms(client: Client, address: str) -> float:
    """Processor time of one answer in milliseconds."""
    started = time.process_time()
    answer = client.get(address)
    taken = (time.process_time() - started) * 1000
    assert answer.status_code == 200, address
    return taken


def measure(client: Client, folder: str, kinds: dict[str, Callable[[], Iterator[str]]]) -> dict[str, float]:
    """Median per kind of page; each address is new to the process."""
    locations._kept.clear()
    remembering._kept.clear()
    print(f"  first page of a fresh process {spent_ms(client, folder):.0f} ms")
    medians = {}
    for name, queries in kinds.items():
        times = [spent_ms(client, folder + query) for query, _number in zip(queries(), range(PAGES), strict=False)]
        medians[name] = statistics.median(times)
        print(f"  {name}: median {medians[name]:.1f} ms, slowest {max(times):.1f} ms")
    return medians


def kinds(narrowing: bool) -> dict[str, Callable[[], Iterator[str]]]:
    """Addresses per kind of page, behind the folder."""
    found: dict[str, Callable[[], Iterator[str]]] = {
        "a page of the list": lambda: (f"?page={2 + 5 * one}" for one in count()),
        "a search that finds few": lambda: (f"?name=shree+garments+{73 * one}" for one in count(1)),
        "a search that finds thousands": lambda: (f"?name=a&page={one}" for one in count(1)),
        "a search that finds nothing": lambda: (f"?name=zzz{one}" for one in count()),
    }
    if narrowing:
        found["a country, searched"] = lambda: (f"?country={COUNTRIES[one % 10]}&name=vicosa+{one}" for one in count())
    return found


def main() -> None:
    """Fill and measure both sizes, print."""
    call_command("migrate", verbosity=0)
    call_command("apply_content", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    slug = next(one.slug for one in all_definitions() if one.groups)
    client, before = Client(headers={"host": "localhost"}), 0
    found: dict[str, list[dict[str, float]]] = {"locations": [], "register": []}
    for size in SIZES:
        fill_locations(slug, size)
        fill_firms(slug, before, size)
        before = size
        for folder in found:
            print(f"{folder} of {size:,}")
            found[folder].append(measure(client, f"/{folder}/{slug}/", kinds(folder == "locations")))
    for folder, (small, large) in found.items():
        growth = ", ".join(f"{name} {large[name] / small[name]:.1f}" for name in small)
        print(f"{folder}: times for ten times as many: {growth}")
    print(f"peak of the process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, filling included")


if __name__ == "__main__":
    main()
