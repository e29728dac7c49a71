"""Fifty lists asked for at once do not keep a form waiting (security case 78)."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver, resolve

from ketenwijs.foundation.ui.heavy import HeavyPages

HEAVY, LIGHT = "/agreements/figures.csv", "/health"


class Site:
    """The middleware before a view whose heavy page ends when the test says so."""

    def __init__(self):
        self.finish, self.begun = threading.Event(), threading.Semaphore(0)
        self.heavy = HeavyPages(self.view)

    def view(self, request):
        request.resolver_match = resolve(request.path)
        refused = self.heavy.process_view(request, None, (), {})
        if refused is not None:
            return refused
        if request.path == HEAVY:
            self.begun.release()
            assert self.finish.wait(30)
        if "fault" in request.GET:
            raise RuntimeError
        return HttpResponse("done")

    def ask(self, path, session=""):
        request = RequestFactory().get(path)
        if session:
            request.COOKIES[settings.SESSION_COOKIE_NAME] = session
        return self.heavy(request)


@pytest.fixture
def site():
    made = Site()
    yield made
    made.finish.set()


def test_of_fifty_lists_at_once_two_are_made_the_others_hear_when_to_ask_again_and_a_form_answers(site):
    with ThreadPoolExecutor(50) as pool:
        asked = [pool.submit(site.ask, HEAVY, f"session {number}") for number in range(50)]
        for _place in range(settings.HEAVY_AT_ONCE):
            assert site.begun.acquire(timeout=30)
        # Nobody waits: all others have an answer while the two are still being made.
        refused = [one.result(30) for one in asked if one not in still_running(asked, settings.HEAVY_AT_ONCE)]
        assert [one.status_code for one in refused] == [503] * (50 - settings.HEAVY_AT_ONCE)
        assert {one.headers["Retry-After"] for one in refused} == {"20"}
        assert "Try again in a minute" in refused[0].content.decode()
        assert site.ask(LIGHT).content == b"done"
        site.finish.set()
        answers = [one.result(30).status_code for one in asked]
    assert answers.count(200) == settings.HEAVY_AT_ONCE
    assert site.ask(HEAVY).status_code == 200


def still_running(asked, most):
    """The requests without an answer, once no more than `most` are left."""
    changed = threading.Event()
    for one in asked:
        one.add_done_callback(lambda _one: changed.set())
    while len(left := [one for one in asked if not one.done()]) > most:
        assert changed.wait(30)
        changed.clear()
    return left


def test_one_session_makes_one_list_at_a_time(site):
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(site.ask, HEAVY, "mine")
        assert site.begun.acquire(timeout=30)
        assert site.ask(HEAVY, "mine").status_code == 503
        second = pool.submit(site.ask, HEAVY, "somebody else's")
        assert site.begun.acquire(timeout=30)
        site.finish.set()
        assert (first.result(30).status_code, second.result(30).status_code) == (200, 200)
    assert site.ask(HEAVY, "mine").status_code == 200


def test_a_page_that_fails_gives_its_place_back(site):
    site.finish.set()
    for _time in range(settings.HEAVY_AT_ONCE + 1):
        with pytest.raises(RuntimeError):
            site.ask(f"{HEAVY}?fault")
    assert site.ask(HEAVY).status_code == 200


def names_of(resolver, prefix=""):
    for one in resolver.url_patterns:
        if hasattr(one, "url_patterns"):
            space = f"{prefix}{one.namespace}:" if one.namespace else prefix
            yield from names_of(one, space)
        elif one.name:
            yield f"{prefix}{one.name}", str(one.pattern)


def test_every_list_to_take_away_is_named_and_every_name_is_a_page():
    pages = dict(names_of(get_resolver()))
    assert set(settings.HEAVY_PAGES) <= set(pages)
    lists = {name for name, pattern in pages.items() if pattern.endswith((".csv", "export/"))}
    assert lists <= set(settings.HEAVY_PAGES)
    assert settings.MIDDLEWARE[-1].endswith("HeavyPages")
