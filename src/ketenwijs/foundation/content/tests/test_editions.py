"""Editions: applied all or nothing, never changed once used, read as typed content without more queries."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from ketenwijs.foundation.access.viewer import Viewer, system
from ketenwijs.foundation.content import selectors
from ketenwijs.foundation.content.models import Edition
from ketenwijs.foundation.content.selectors import all_newest, content_of, newest, refresh
from ketenwijs.foundation.content.services import apply_checked, apply_directory, checksum_of, mark_used
from ketenwijs.foundation.content.tests.factories import RecipeFile, as_text, checked, recipe, words
from ketenwijs.foundation.journal.models import JournalEntry
from ketenwijs.foundation.ui.errors import DomainError, NotAllowed

pytestmark = pytest.mark.django_db
ROBOT = system("tests")


def apply(*recipes, **options):
    return apply_checked(actor=ROBOT, result=checked(*recipes), **options)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "recipes").mkdir()
    (tmp_path / "recipes" / "bread.yaml").write_text(as_text(recipe()), "utf-8")
    (tmp_path / "tools.yaml").write_text(as_text({"tools": {"oven": words("oven")}}), "utf-8")
    return tmp_path


def test_a_folder_is_applied_and_what_is_no_edition_is_left_where_it_lies(folder):
    applied = apply_directory(actor=ROBOT, root=folder)
    assert (applied.new, applied.changed, applied.same) == (["recipe:bread 1"], [], 0)
    edition = Edition.objects.get()
    assert (edition.kind, edition.source_file, edition.used_at) == ("recipe", "recipes/bread.yaml", None)
    assert edition.checksum == checksum_of(edition.payload)


def test_applying_the_same_again_changes_and_journals_nothing():
    apply(recipe())
    journalled = JournalEntry.objects.count()
    assert apply(recipe()).same == 1
    assert (Edition.objects.count(), JournalEntry.objects.count()) == (1, journalled)


def test_each_edition_that_is_applied_stands_in_the_journal():
    apply(recipe(), recipe(identifier="recipe:cake"))
    assert JournalEntry.objects.filter(event="content.edition.applied").count() == 2


def test_a_text_may_change_while_nothing_uses_the_edition():
    apply(recipe())
    applied = apply(recipe(name=words("loaf")))
    assert (applied.new, applied.changed) == ([], ["recipe:bread 1"])
    assert "recipe:bread 1: ~ name.nl: bread nl -> loaf nl" in applied.lines
    assert Edition.objects.count() == 1


def test_a_changed_text_of_an_edition_in_use_is_refused_and_nothing_of_the_folder_is_applied():
    apply(recipe())
    mark_used(Edition.objects.get())
    with pytest.raises(DomainError, match="recipe:bread 1"):
        apply(recipe(identifier="recipe:apple"), recipe(name=words("loaf")))
    assert [one.identifier for one in Edition.objects.all()] == ["recipe:bread"]
    assert Edition.objects.get().payload["name"] == words("bread")


def test_an_edition_in_use_may_be_applied_again_unchanged():
    apply(recipe())
    mark_used(Edition.objects.get())
    assert apply(recipe()).same == 1


def test_a_new_version_stands_beside_the_old_one_and_becomes_the_newest():
    apply(recipe())
    first = Edition.objects.get()
    mark_used(first)
    applied = apply(recipe(version="2", name=words("loaf")))
    assert applied.new == ["recipe:bread 2"]
    assert "recipe:bread 2: ~ name.en: bread en -> loaf en" in applied.lines
    assert newest("recipe", "recipe:bread").version == "2"
    first.refresh_from_db()
    assert content_of(first).name.nl == "bread nl"


def test_marking_as_used_twice_keeps_the_first_moment():
    apply(recipe())
    mark_used(Edition.objects.get())
    moment = Edition.objects.get().used_at
    mark_used(Edition.objects.get())
    assert Edition.objects.get().used_at == moment


def test_a_dry_run_shows_the_difference_and_writes_nothing():
    apply(recipe())
    journalled = JournalEntry.objects.count()
    applied = apply(recipe(name=words("loaf")), recipe(identifier="recipe:cake"), dry_run=True)
    assert (applied.new, applied.changed) == (["recipe:cake 1"], ["recipe:bread 1"])
    assert any(line.startswith("recipe:cake 1: + name:") for line in applied.lines)
    assert (Edition.objects.count(), JournalEntry.objects.count()) == (1, journalled)
    assert Edition.objects.get().payload["name"] == words("bread")


def test_a_folder_with_a_fault_is_refused_as_a_whole(folder):
    (folder / "recipes" / "cake.yaml").write_text("identifier: recipe:cake", "utf-8")
    with pytest.raises(DomainError):
        apply_directory(actor=ROBOT, root=folder)
    assert not Edition.objects.exists()


def test_only_who_may_apply_content_applies_it(folder):
    with pytest.raises(NotAllowed):
        apply_directory(actor=Viewer(), root=folder)
    assert not Edition.objects.exists()


def test_the_checksum_does_not_depend_on_the_order_of_names():
    assert checksum_of({"a": 1, "b": [1, 2]}) == checksum_of({"b": [1, 2], "a": 1})
    assert checksum_of({"a": [1, 2]}) != checksum_of({"a": [2, 1]})


def test_content_is_read_as_its_shape_once_and_then_without_a_query(django_assert_num_queries):
    apply(recipe())
    first = content_of(newest("recipe", "recipe:bread"))
    assert isinstance(first, RecipeFile)
    with django_assert_num_queries(0):
        assert content_of(newest("recipe", "recipe:bread")) is first


def test_an_identifier_that_was_never_applied_has_no_newest_edition():
    assert newest("recipe", "recipe:none") is None


def test_all_newest_gives_one_edition_per_file_in_order_of_identifier():
    apply(recipe(), recipe(identifier="recipe:apple"))
    apply(recipe(version="2"))
    assert [str(one) for one in all_newest("recipe")] == ["recipe:apple 1", "recipe:bread 2"]


def test_what_another_process_applied_is_noticed_by_a_small_look(django_assert_num_queries):
    apply(recipe())
    refresh()
    old = newest("recipe", "recipe:bread")
    payload = {**old.payload, "version": "2"}
    Edition.objects.create(
        kind="recipe",
        identifier="recipe:bread",
        version="2",
        checksum=checksum_of(payload),
        payload=payload,
        source_file="",
    )
    assert newest("recipe", "recipe:bread") == old
    with django_assert_num_queries(1):
        refresh()
    assert newest("recipe", "recipe:bread").version == "2"


def test_what_this_process_remembers_can_be_dropped(django_assert_num_queries):
    apply(recipe())
    newest("recipe", "recipe:bread")
    selectors.forget()
    with django_assert_num_queries(1):
        newest("recipe", "recipe:bread")


def test_the_command_prints_every_fault_and_fails(folder, capsys):
    (folder / "recipes" / "cake.yaml").write_text("identifier: recipe:cake\nsteps: 1\n", "utf-8")
    with pytest.raises(CommandError, match="3 fault"):
        call_command("check_content", str(folder))
    printed = capsys.readouterr().out.splitlines()
    assert printed == [
        "recipes/cake.yaml:1: name: this is required and missing",
        "recipes/cake.yaml:1: version: this is required and missing",
        "recipes/cake.yaml:2: steps: Input should be a valid tuple",
    ]


def test_the_command_says_how_many_files_are_right(folder, capsys):
    call_command("check_content", str(folder))
    assert capsys.readouterr().out.strip() == "2 content files are right."


def test_the_command_shows_a_dry_run_and_then_applies(folder, capsys):
    call_command("apply_content", str(folder), "--dry-run")
    assert not Edition.objects.exists()
    call_command("apply_content", str(folder))
    assert capsys.readouterr().out.count("1 new, 0 changed, 0 as before.") == 2
    assert Edition.objects.get().identifier == "recipe:bread"


def test_the_command_says_in_one_sentence_why_it_applies_nothing(folder):
    (folder / "recipes" / "bread.yaml").write_text("a: 1", "utf-8")
    with pytest.raises(CommandError):
        call_command("apply_content", str(folder))
