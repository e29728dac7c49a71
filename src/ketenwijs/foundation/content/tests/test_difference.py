"""The difference between two versions of a file, in lines a person can read."""

from ketenwijs.foundation.content.difference import LONGEST, differences
from ketenwijs.foundation.content.tests.factories import recipe, words


def lines(old, new):
    return list(differences(old, new))


def test_equal_contents_give_no_line():
    assert lines(recipe(), recipe()) == []


def test_a_changed_text_shows_path_old_and_new():
    assert lines(recipe(), recipe(name={**words("bread"), "fr": "pain"})) == ["~ name.fr: bread fr -> pain"]


def test_what_came_and_what_went_is_told_apart():
    assert lines({"a": 1, "b": 2}, {"b": 2, "c": 3}) == ["- a: 1", "+ c: 3"]


def test_items_of_a_list_are_paired_by_their_code_not_by_their_place():
    mix, bake = recipe()["steps"]
    changed = lines(recipe(), recipe(steps=[{**bake, "minutes": 45}, mix]))
    assert changed == ["~ steps.bake.minutes: 40 -> 45"]


def test_an_item_put_in_between_changes_no_other_item():
    mix, bake = recipe()["steps"]
    rest = {"code": "rest", "text": words("rest"), "minutes": 60}
    (line,) = lines(recipe(), recipe(steps=[mix, rest, bake]))
    assert line.startswith("+ steps.rest: ")


def test_a_long_text_is_cut_and_stays_on_one_line():
    (line,) = lines({"a": "x"}, {"a": "y\n" * 200})
    assert "\n" not in line
    assert len(line) < LONGEST + 20
    assert line.endswith("…")
