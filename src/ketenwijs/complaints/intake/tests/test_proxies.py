"""A browser that lets another company read along is warned in the reader's language, never blocked, never remembered."""

from __future__ import annotations

import html

import pytest

from ketenwijs.complaints.intake import phrases

pytestmark = pytest.mark.django_db

CHROME = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
READ_ALONG = [
    {"User-Agent": "Opera/9.80 (Android; Opera Mini/36.2/191.273; U; hi) Presto/2.12.423 Version/12.16"},
    {"User-Agent": "Mozilla/5.0 (Linux; U; Android 9; en-US) AppleWebKit/537.36 UCBrowser/13.4.0 Mobile Safari/537.36"},
    {"User-Agent": "UCWEB/2.0 (Java; U; MIDP-2.0; en-US; nokia2690) U2/1.0.0 UCBrowser/9.5.0.449 U2/1.0.0 Mobile"},
    {"User-Agent": "Mozilla/5.0 (X11; U; Linux x86_64; en-gb) AppleWebKit/537.36 Chrome/30 Mobile Puffin/4.8.0AP"},
    {"User-Agent": CHROME, "X-OperaMini-Phone": "Nokia # 2690"},
    {"User-Agent": CHROME, "X-OperaMini-Phone-UA": "Nokia2690"},
    {"User-Agent": CHROME, "X-UCBrowser-Device-UA": "Nokia2690"},
    {"X-Reads-Along": "yes"},
]
ORDINARY = [
    {},
    {"User-Agent": CHROME},
    {"User-Agent": f"{CHROME} OPR/80.0.0.0"},
    {"User-Agent": "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0"},
    {"User-Agent": CHROME, "X-Reads-Along": ""},
]


@pytest.mark.parametrize("headers", READ_ALONG, ids=str)
def test_every_page_on_which_somebody_types_warns(walk, headers):
    walk.client.defaults |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    warning = phrases.all_sheets()["en"].phrases["reads_along"]
    assert walk.take_number().status_code == 302, "a warning is no block"
    for name in ("", "number/", "write/", "follow/"):
        assert warning in walk.get(name).content.decode(), name
    assert walk.post("write/", text="words").status_code == 302


@pytest.mark.parametrize("headers", ORDINARY, ids=str)
def test_an_ordinary_browser_sees_no_warning(walk, headers):
    shown = walk.client.get("/en/follow/", headers=headers).content.decode()
    assert phrases.all_sheets()["en"].phrases["reads_along"] not in shown


@pytest.mark.parametrize("language", sorted(phrases.all_sheets()))
def test_the_warning_is_said_in_every_language(client, committee, language):
    shown = html.unescape(client.get(f"/{language}/follow/", headers=READ_ALONG[0]).content.decode())
    sheet = phrases.all_sheets()[language]
    assert sheet.phrases["reads_along"] in shown
    assert sheet.phrases["not_reviewed"] in shown, "the new words were read by nobody yet"
