"""The frame around every page: title, menu, who am I, languages, pages of a list, what is due, errors."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib import messages
from django.contrib.messages.storage.base import BaseStorage, Message
from django.shortcuts import render
from django.template import Context, Template
from django.test import RequestFactory

from ketenwijs.foundation.ui import due, navigation, views
from ketenwijs.foundation.ui.pages import paginate
from ketenwijs.foundation.ui.tests import stories
from ketenwijs.foundation.ui.tests.stories import request_of

pytestmark = pytest.mark.usefixtures("story_site")


@pytest.mark.parametrize("story", sorted(stories.contexts()))
def test_every_story_is_one_page_with_one_heading_and_no_inline_style_or_script(story: str) -> None:
    page = stories.page_of(story)
    assert page.count("<h1") == 1
    assert page.count("<main") == 1
    assert 'href="#main"' in page
    assert " style=" not in page
    assert "<style" not in page
    assert "<script" not in page
    assert " onclick" not in page


def test_the_head_says_who_acts_for_whom_and_signs_out_by_post() -> None:
    page = stories.page_of("stories/desk.html")
    assert "Anna Example" in page
    assert "Example Stone and Sons" in page
    assert '<form method="post" action="/stories/">' in page


def test_the_menu_shows_only_what_this_viewer_may_use() -> None:
    page = stories.page_of("stories/desk.html")
    assert ">Chains</a>" in page
    assert "Never shown" not in page


def test_a_page_below_a_menu_entry_marks_that_entry() -> None:
    page = render(request_of("/stories/chains/7/"), "stories/desk.html", stories.desk()).content.decode()
    assert '<a href="/stories/chains/" aria-current="true">Chains</a>' in page


def test_a_visitor_sees_neither_menu_nor_name() -> None:
    page = render(request_of(signed_in=False), "ui/desk.html").content.decode()
    assert "Sign out" not in page
    assert ">Chains</a>" not in page


def test_every_language_is_one_press_away_and_leads_back_to_this_page() -> None:
    page = render(request_of("/stories/chains/?page=2"), "ui/public.html").content.decode()
    assert 'name="next" value="/stories/chains/?page=2"' in page
    for code in ("nl", "fr", "en"):
        assert f'name="language" value="{code}"' in page


def test_a_menu_entry_and_a_source_of_due_items_are_registered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="twice"):
        navigation.register_menu(navigation.MenuItem("Chains", "stories:chains", lambda viewer: True))
    with pytest.raises(ValueError, match="twice"):
        navigation.register_acting(lambda viewer: "")
    monkeypatch.setattr(due, "_providers", [])

    def nothing(viewer: object, today: date) -> list[due.Due]:
        return []

    due.register_due(nothing)
    with pytest.raises(ValueError, match="twice"):
        due.register_due(nothing)


def test_what_is_late_stands_first_and_what_has_no_day_last(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [
        due.Due("no day", "/"),
        due.Due("march", "/", date(2026, 3, 1)),
        due.Due("late", "/", date(2026, 4, 1), late=True),
        due.Due("february", "/", date(2026, 2, 1)),
    ]
    monkeypatch.setattr(due, "_providers", [lambda viewer, today: items])
    assert [one.title for one in due.due_for(None, date(2026, 1, 1))] == [
        "late",
        "february",
        "march",
        "no day",
    ]


@pytest.mark.parametrize(
    ("asked", "given"),
    [("", 1), ("2", 2), ("0", 1), ("-1", 1), ("x", 1), ("٣", 3), ("99999999999", 1), ("9999", 3)],
)
def test_any_page_number_gives_a_page(asked: str, given: int) -> None:
    request = RequestFactory().get("/", {"page": asked} if asked else {})
    assert paginate(request, list(range(120))).number == given


def test_turning_a_page_keeps_the_filter() -> None:
    request = RequestFactory().get("/", {"words": "stone & co", "page": "1"})
    page = paginate(request, list(range(120)))
    text = Template('{% include "ui/_pagination.html" %}').render(Context({"request": request, "page": page}))
    assert "?words=stone+%26+co&amp;page=2" in text


def test_a_message_is_announced() -> None:
    class Kept(BaseStorage):
        def _get(self, *args: object, **kwargs: object) -> tuple[list[Message], bool]:
            return [Message(messages.SUCCESS, "Saved."), Message(messages.ERROR, "<b>Not saved.</b>")], True

        def _store(self, messages: object, response: object, *args: object, **kwargs: object) -> list[Message]:
            return []

    request = request_of()
    request._messages = Kept(request)  # type: ignore[attr-defined]
    page = render(request, "ui/desk.html").content.decode()
    assert '<div class="kw-message kw-message--success" role="status">Saved.</div>' in page
    assert 'role="alert">&lt;b&gt;Not saved.&lt;/b&gt;</div>' in page


ERRORS = [
    (views.bad_request, 400),
    (views.not_allowed, 403),
    (views.not_found, 404),
    (views.failed, 500),
    (views.csrf_failure, 403),
]


@pytest.mark.parametrize(("view", "status"), ERRORS)
def test_an_error_page_says_what_to_do_and_gives_the_number(view: object, status: int) -> None:
    request = request_of("/gone/")
    request.reference = "ABCD2345"  # type: ignore[attr-defined]
    response = view(request)  # type: ignore[operator]
    assert response.status_code == status
    page = response.content.decode()
    assert page.count("<h1") == 1
    assert "ABCD2345" in page


@pytest.mark.parametrize(("view", "status"), ERRORS)
def test_an_error_page_never_fails_itself(view: object, status: int, settings: object) -> None:
    settings.CHROME_LINKS = {"home": "no:such", "public": "no:such"}  # type: ignore[attr-defined]
    response = view(request_of("/gone/"))  # type: ignore[operator]
    assert response.status_code == status
    assert response["Content-Type"].startswith("text/plain")
    assert response.content
