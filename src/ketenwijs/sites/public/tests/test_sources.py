"""Sources become links only where they are addresses, always over https."""

import pytest

from ketenwijs.sites.public.sources import address_of, parts_of
from ketenwijs.sites.public.templatetags.public_pages import outside_link, source


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("example.org/report/2021", "https://example.org/report/2021"),
        ("https://www.example.org/a?b=1", "https://www.example.org/a?b=1"),
        ("http://example.org/", "https://example.org/"),
        ("javascript:alert(1)", ""),
        ("Example Ministry, letter of 10 July 2015", ""),
        ("data.example.org", "https://data.example.org"),
        ("//example.org/x", ""),
        ("", ""),
    ],
)
def test_only_an_address_can_be_followed(text, address):
    assert address_of(text) == address


def test_several_sources_stand_apart_and_a_remark_stays_beside_its_address():
    found = parts_of("example.org/a (5 September 2013); SER, annual report 2019; other.example.org/b")
    assert [(one.address, one.text, one.remark) for one in found] == [
        ("https://example.org/a", "example.org/a", "(5 September 2013)"),
        ("", "SER, annual report 2019", ""),
        ("https://other.example.org/b", "other.example.org/b", ""),
    ]
    assert [one.host for one in found] == ["example.org", "SER", "other.example.org"]


def test_a_link_opens_without_telling_the_other_page_where_it_came_from():
    assert source("example.org/a", short=True) == '<a href="https://example.org/a" rel="noopener">example.org</a>'
    assert source("A, report; A, letter", short=True) == "A"
    assert source("A, report; A, letter", site=True) == "A, report; A, letter"


def test_nothing_in_a_source_becomes_markup():
    assert source("<b>bold</b>") == "&lt;b&gt;bold&lt;/b&gt;"
    assert outside_link("javascript:alert(1)", "<i>x</i>") == "&lt;i&gt;x&lt;/i&gt;"
