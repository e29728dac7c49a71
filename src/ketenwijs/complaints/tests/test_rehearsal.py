"""Two members try the recovery key in two browsers; a third cannot stand in for one of them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from ketenwijs.complaints import demonstration
from ketenwijs.complaints.cases.models import Wrap
from ketenwijs.complaints.committee.models import Rehearsal, Seat
from ketenwijs.complaints.tests.conftest import look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def member(browsers, function, **how):
    return browsers(Seat.objects.select_related("person").get(function=function).person, **how)


def packages_of(chair, root):
    """Sign a list with a new recovery key; gives the packages by the names of their pair."""
    chair.goto("/committee/list/")
    chair.locator("#root").fill(root)
    chair.locator("#recovery").check()
    chair.locator("#sign #passphrase").fill(demonstration.PASSPHRASE)
    chair.locator("#sign button").click()
    expect(chair.locator("#packages textarea")).to_have_count(10)
    made = chair.locator("#packages p").evaluate_all(
        "all => all.map(one => [one.querySelector('label').textContent, one.querySelector('textarea').value])"
    )
    return dict(made)


def try_half(page, package):
    page.goto("/committee/rehearsal/")
    page.locator("#package").fill(package)
    page.locator("#rehearse #passphrase").fill(demonstration.PASSPHRASE)
    page.locator("#rehearse button").click()


def test_the_yearly_try_in_two_browsers(browsers):
    _receipt, root = demonstration.build()
    chair, secretary = member(browsers, "chair"), member(browsers, "secretary", width=360)
    deputy = member(browsers, "deputy_chair")
    found = packages_of(chair, root)
    package = next(one for names, one in found.items() if "Voorzitter" in names and "Secretaris" in names)
    wraps = Wrap.objects.count()
    secretary.goto("/committee/")
    expect(secretary.get_by_text("key was never tried")).to_be_visible()
    look(secretary, "rehearsal-due")

    try_half(chair, "this is no package")
    expect(chair.locator("#told")).to_contain_text("no package of the recovery key")
    try_half(deputy, package)
    expect(deputy.locator("#told")).to_contain_text("not sealed to you")
    try_half(chair, package)
    expect(chair.locator("#told")).to_contain_text("Your half opens")
    half = chair.locator("#half_text").input_value()
    assert half
    try_half(deputy, half)
    expect(deputy.locator("#told")).to_contain_text("not sealed to you")
    try_half(secretary, half)
    expect(secretary.get_by_text("The try is recorded")).to_be_visible()
    expect(secretary.get_by_role("rowheader")).to_have_count(1)
    look(secretary, "rehearsal-done")
    look(chair, "rehearsal-half")
    kept = Rehearsal.objects.get()
    assert (kept.first.name, kept.second.name) == ("Voorbeeld Voorzitter", "Voorbeeld Secretaris")
    assert Wrap.objects.count() == wraps

    deputy.goto("/committee/rehearsal/")
    deputy.get_by_role("button", name="Record that it did not open").click()
    expect(deputy.get_by_text("did not open at the last try")).to_be_visible()
    look(deputy, "rehearsal-failed")


def test_a_package_of_an_earlier_recovery_key_is_told_apart(browsers):
    _receipt, root = demonstration.build()
    chair, secretary = member(browsers, "chair"), member(browsers, "secretary")
    earlier = next(one for names, one in packages_of(chair, root).items() if "Voorz" in names and "Secr" in names)
    packages_of(chair, root)
    try_half(chair, earlier)
    expect(chair.locator("#told")).to_contain_text("Your half opens")
    try_half(secretary, chair.locator("#half_text").input_value())
    expect(secretary.locator("#told")).to_contain_text("earlier recovery key")
    assert not Rehearsal.objects.exists()
