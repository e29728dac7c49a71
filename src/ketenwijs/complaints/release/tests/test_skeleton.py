"""What counts as the same page: only a new number, fresh tokens and the numbers of a sum may differ."""

from __future__ import annotations

import pytest

from ketenwijs.complaints.release.expected import policy_of
from ketenwijs.complaints.release.skeleton import elements_of, form_of, lines_of

PAGE = """<!doctype html><html><body><p id="receipt">1234 5678</p><p>+31 20 123</p>
<form method="post"><input type="hidden" name="key" value="abc-1"><label for="answer">3 + 4?</label></form></body></html>"""


def with_change(before, after):
    assert before in PAGE
    return lines_of(PAGE.replace(before, after))


@pytest.mark.parametrize(
    ("before", "after"),
    [("1234 5678", "99 1"), ('value="abc-1"', 'value="Zz_9="'), ("3 + 4", "8 + 2"), ("</p><p>", "</p>\n\n  <p>")],
)
def test_what_is_new_each_time_does_not_count(before, after):
    assert with_change(before, after) == lines_of(PAGE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1234 5678", "call 12"),
        ("+31 20 123", "+31 20 124"),
        ('value="abc-1"', 'value="x y"'),
        ('name="key"', 'name="text"'),
        ('type="hidden"', 'type="text"'),
        ("<body>", '<body onload="go()">'),
        ("</body>", "<script src=/x.js></script></body>"),
        ("</body>", "<!-- note --></body>"),
        ("<html>", "<html><base href=//elsewhere.example>"),
        ('method="post"', 'method="post" action="//elsewhere.example"'),
        ('method="post"', 'method="post" method="get"'),
        ("<!doctype html>", ""),
        ("3 + 4?", "3 + 4? Call us"),
    ],
)
def test_everything_else_does(before, after):
    assert with_change(before, after) != lines_of(PAGE)


def test_the_form_of_a_page_is_read_as_a_person_would():
    assert form_of(PAGE) == ("abc-1", "1234 5678")
    assert form_of("<p>nothing</p>") == ("", "")


def test_elements_are_told_from_words():
    assert elements_of(lines_of("<p>1 &lt;b&gt;</p>")) == ["<p>"]


def test_two_policies_that_say_the_same_are_the_same():
    assert policy_of("a 'self' data:; b 'none'") == policy_of("b 'none';a  data: 'self';")
    assert policy_of("a 'self'") != policy_of("a 'self' 'unsafe-inline'")
