"""Two editions compared: same, stricter, split, new, dropped; other year, minimum and words; and the page that shows it."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from ketenwijs.domain.agreements import comparing
from ketenwijs.domain.agreements.frameworks import FrameworkFile
from ketenwijs.domain.agreements.services import sync_agreements
from ketenwijs.domain.agreements.tests.factories import (
    OTHER_SLUG,
    ROBOT,
    SLUG,
    checked,
    example_agreement,
    framework_content,
    member,
    staff,
    words,
    worker,
)
from ketenwijs.foundation.content.models import Edition
from ketenwijs.foundation.content.services import apply_checked


def asked(code, **more):
    about = {"code": code, "substep": "1.1", "title": words(f"Title of {code}"), "answer": "scale"}
    return {**about, "asked_from": 1, "minimum": 2, **more}


def since(code, change):
    return {"same_as": {"requirement": code, "change": change}}


def edition(term, requirements, **more):
    return FrameworkFile.model_validate(framework_content(term, **{"requirements": requirements, **more}))


RUBRIC = [{"value": n, "name": words(f"rung {n}")} for n in range(5)]
EARLIER = [asked("kept"), asked("raised"), asked("whole"), asked("gone")]
LATER = [
    asked("kept", **since("kept", "same")),
    asked("raised-2", minimum=3, **since("raised", "stricter")),
    asked("half-1", **since("whole", "split")),
    asked("half-2", **since("whole", "split")),
    asked("fresh"),
]


@pytest.fixture
def comparison():
    before = edition("first", EARLIER)
    return comparing.compare(before, edition("second", LATER, replaces=before.identifier, dropped=["gone"]))


def kinds(found):
    return [(one.kind, one.before.code if one.before else None, one.after.code if one.after else None) for one in found]


def test_every_requirement_of_both_editions_is_accounted_for_once_or_split(comparison):
    assert kinds(comparison.changes) == [
        ("same", "kept", "kept"),
        ("stricter", "raised", "raised-2"),
        ("split", "whole", "half-1"),
        ("split", "whole", "half-2"),
        ("new", None, "fresh"),
        ("dropped", "gone", None),
    ]
    assert comparison.is_declared


def test_the_counts_name_every_kind_also_with_none(comparison):
    counts = comparison.counts
    assert (counts["same"], counts["stricter"], counts["split"], counts["new"], counts["dropped"]) == (1, 1, 2, 1, 1)
    assert (counts["moved"], counts["other_minimum"], counts["other_text"]) == (0, 1, 3)
    empty = comparing.compare(edition("first", []), edition("second", []))
    assert set(empty.counts.values()) == {0}


def test_one_kind_or_detail_can_be_looked_at_alone(comparison):
    assert kinds(comparison.only("new")) == [("new", None, "fresh")]
    assert kinds(comparison.only("other_minimum")) == [("stricter", "raised", "raised-2")]
    assert comparison.only("nonsense") == comparison.changes


def test_what_moved_has_another_minimum_other_words_or_another_answer_says_so():
    before = edition("first", [asked("a"), asked("b"), asked("c"), asked("d")])
    after = edition(
        "second",
        [
            asked("a", asked_from=3),
            asked("b", minimum=1),
            asked("c", title=words("Other")),
            asked("d", answer="yes_no", minimum=None),
        ],
        replaces=before.identifier,
    )
    found = {one.requirement.code: one.details for one in comparing.compare(before, after).changes}
    assert found == {
        "a": ("moved",),
        "b": ("other_minimum",),
        "c": ("other_text",),
        "d": ("other_minimum", "other_answer"),
    }


def test_between_versions_of_one_file_a_raised_minimum_is_stricter_and_what_was_said_of_another_edition_does_not_count():
    said = since("old", "stricter")
    before = edition("second", [asked("a", **said), asked("b", **said)], version="1")
    after = edition("second", [asked("a", **said), asked("b", minimum=4, **said)], version="2")
    found = comparing.compare(before, after)
    assert kinds(found.changes) == [("same", "a", "a"), ("stricter", "b", "b")]
    assert not found.is_declared


def test_asking_more_is_stricter_split_or_a_raised_minimum(comparison):
    assert [one.asks_more for one in comparison.changes] == [False, True, True, True, False, False]
    before = edition("first", [asked("a")])
    after = edition("second", [asked("a", minimum=3, **since("a", "same"))], replaces=before.identifier)
    assert comparing.compare(before, after).changes[0].asks_more


def test_an_edition_compared_with_itself_is_the_same(comparison):
    assert {one.kind for one in comparing.compare(comparison.before, comparison.before).changes} == {"same"}


@pytest.fixture
def agreement(db, settings):
    settings.LANGUAGE_CODE = "en"
    settings.DEMO = True
    first = framework_content("first", rubric=RUBRIC, requirements=EARLIER)
    second = framework_content("second", rubric=RUBRIC) | {
        "requirements": LATER,
        "replaces": f"framework:{SLUG}:first",
        "dropped": ["gone"],
    }
    result = checked(first=first, second=second)
    assert result.faults == []
    apply_checked(actor=ROBOT, result=result)
    return next(one for one in sync_agreements(actor=ROBOT) if one.slug == SLUG)


def address(slug=SLUG, **query):
    return reverse("agreements:editions", args=[slug], query=query)


def test_the_page_shows_the_newest_framework_beside_the_one_it_replaces(agreement, client):
    client.force_login(staff(agreement).person)
    answer = client.get(address())
    assert answer.context["before"].identifier == f"framework:{SLUG}:first"
    assert answer.context["after"].identifier == f"framework:{SLUG}:second"
    assert [number for _code, _word, number, _tone in answer.context["kinds"]] == [1, 1, 2, 1, 1]
    assert b"year n becomes level n" in answer.content
    assert escape("Title of gone en").encode() in answer.content


def test_the_page_narrows_to_one_kind_and_takes_nonsense_as_no_choice(agreement, client):
    client.force_login(staff(agreement).person)
    assert len(client.get(address(only="split")).context["rows"]) == 2
    answer = client.get(address(only="x", before="0", after="-1"))
    assert answer.status_code == 200
    assert len(answer.context["rows"]) == 6


def test_any_two_editions_can_be_chosen_also_two_versions_of_one_file(agreement, client):
    changed = [asked("kept", minimum=4), *EARLIER[1:]]
    result = checked(first=framework_content("first", rubric=RUBRIC, requirements=changed, version="2"))
    apply_checked(actor=ROBOT, result=result)
    one, two = Edition.objects.filter(identifier=f"framework:{SLUG}:first").order_by("pk")
    client.force_login(staff(agreement).person)
    rows = client.get(address(before=one.pk, after=two.pk)).context["rows"]
    assert [row.change.kind for row in rows] == ["stricter", "same", "same", "same"]


def test_a_firm_of_the_agreement_reads_the_page_and_a_stranger_finds_nothing(agreement, client):
    client.force_login(worker(member(agreement).organisation).person)
    assert client.get(address()).status_code == 200
    other = example_agreement(OTHER_SLUG)
    client.force_login(staff(other).person)
    assert client.get(address()).status_code == 404
    assert client.get(address(OTHER_SLUG)).status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_requirements(agreement, client, django_assert_max_num_queries):
    many = [asked(f"r-{n}") for n in range(80)]
    result = checked(first=framework_content("first", rubric=RUBRIC, requirements=many, version="2"))
    apply_checked(actor=ROBOT, result=result)
    client.force_login(staff(agreement).person)
    client.get(address())
    with django_assert_max_num_queries(12):
        client.get(address())
