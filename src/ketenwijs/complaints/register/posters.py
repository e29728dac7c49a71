"""Posters and cards with a QR code and the committee's check number, in every intake language, as PDF."""

from __future__ import annotations

import base64
import io
from typing import Any, Literal

import qrcode
import qrcode.image.svg
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from ketenwijs.complaints.committee import selectors as committee
from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.committee.terms import agreement_names, reception
from ketenwijs.complaints.intake.phrases import Sheet
from ketenwijs.complaints.sealing import keylists

Size = Literal["poster", "card"]
LETTERS = {"poster": 17, "card": 6.5}
"""Size of the letters in points."""
SHARES = (1, 0.93, 0.87, 0.81, 0.75, 0.7)
"""A language that says more gets smaller letters, so that nobody hangs up half a poster."""
STYLE = """
@page poster { size: A4; margin: 18mm }
@page card { size: 85mm 55mm; margin: 4mm }
body { font-family: "Noto Sans", "Noto Sans Devanagari", "Noto Sans Tamil", "Noto Sans Telugu", "Noto Sans Kannada",
  "Noto Sans CJK SC", "DejaVu Sans", sans-serif; margin: 0; color: #000 }
body.poster { page: poster; line-height: 1.4 }
body.card { page: card; line-height: 1.25 }
h1 { font-size: 1.9em; line-height: 1.15; margin: 0 0 .4em }
body.card h1 { font-size: 1.3em }
p { margin: 0 0 .6em }
img { width: 7cm; float: right; margin: 0 0 .6em .6em }
body.card img { width: 2.1cm }
.address, .digits, .agreement { font-weight: bold; font-size: 1.15em }
.digits, .number { white-space: nowrap }
.body { overflow-wrap: anywhere }
body.card .poster-only { display: none }
"""


def pdf(sheet: Sheet, size: Size, site: str = "", agreement: str = "") -> bytes:
    """One sheet in one language, for one agreement or for all that are served here.

    `site` is printed small, so that it can be told where which poster hangs. Raises LookupError for an agreement that has
    no mechanism in force of its own.
    """
    from weasyprint import CSS, HTML, URLFetcher  # heavy: only when somebody prints

    context = {**words_of(sheet, agreement), "size": size, "site": site}
    inside = URLFetcher(allowed_protocols=["data"])  # a poster carries everything it shows; nothing is fetched
    page = HTML(string=render_to_string("register/poster.html", context), url_fetcher=inside)
    for share in SHARES:
        points = LETTERS[size] * share
        document = page.render(stylesheets=[CSS(string=STYLE), CSS(string=f"body.{size} {{ font-size: {points}pt }}")])
        if len(document.pages) == 1:
            break
    return bytes(document.write_pdf())


def words_of(sheet: Sheet, agreement: str = "") -> dict[str, Any]:
    """What a poster says. Raises LookupError as `pdf` does."""
    name = agreement_names()[agreement].by_language if agreement else {}
    language = sheet.code if sheet.code in name else "en"
    page = reverse("intake:start-of", args=[sheet.code, agreement]) if agreement else ""
    address = settings.PUBLIC_ADDRESS + (page or reverse("intake:start", args=[sheet.code]))
    found, root = reception(agreement), committee.key_list().root
    return {
        "p": sheet.phrases,
        "lang": sheet.lang,
        "agreement": name.get(language, ""),
        "agreement_lang": language,
        "address": address.removeprefix("https://").removeprefix("http://"),
        "code": _code(address),
        "fingerprint": keylists.fingerprint(root) if root and found.own else "",
        "reviewed": sheet.reviewed,
        "reception": found,
        "example": mechanism().example,
    }


def _code(address: str) -> str:
    """The address as a QR code, as an image that carries itself."""
    target = io.BytesIO()
    qrcode.make(address, image_factory=qrcode.image.svg.SvgPathImage, border=2).save(target)
    return "data:image/svg+xml;base64," + base64.b64encode(target.getvalue()).decode()
