"""A committee that can take cases, a clean brake, and the way through the pages."""

from __future__ import annotations

import re

import pytest

from ketenwijs.complaints.committee.tests.factories import full_committee
from ketenwijs.complaints.intake import brakes

CANARY = "canary-Kaveri-quarry-7"


@pytest.fixture(autouse=True)
def _clean_brake():
    brakes.brake.clear()


@pytest.fixture
def committee(db):
    return full_committee()


class Walk:
    """One person with one browser."""

    def __init__(self, client, language="en"):
        self.client, self.language, self.receipt = client, language, ""

    def get(self, page):
        return self.client.get(f"/{self.language}/{page}")

    def post(self, page, **fields):
        shown = self.get(page).content.decode()
        key = re.search(r'name="key" value="([0-9a-f]+)"', shown)
        found = {"key": key.group(1)} if key else {}
        return self.client.post(f"/{self.language}/{page}", {**found, **fields})

    def take_number(self):
        shown = self.get("number/").content.decode()
        self.receipt = re.search(r'id="receipt">([\d ]+)<', shown).group(1).replace(" ", "")
        return self.post("number/", last=self.receipt[-4:])

    def tell(self, text=CANARY, **fields):
        self.take_number()
        return self.post("write/", text=text, **fields)

    def come_back(self, receipt=None):
        self.client.cookies.clear()
        return self.client.post(f"/{self.language}/follow/", {"number": receipt or self.receipt})


@pytest.fixture
def walk(client, committee):
    return Walk(client)
