"""Posters and cards with a QR code and the committee's check number, in every intake language, as PDF."""

from __future__ import annotations

import base64
import io
from typing import Literal

import qrcode
import qrcode.image.svg
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from ketenwijs.complaints.committee import selectors as committee
from ketenwijs.complaints.committee.definitions import mechanism
from ketenwijs.complaints.intake.phrases import Sheet
from ketenwijs.complaints.sealing import keylists

Size = Literal["poster", "card"]
STYLE = """
@page poster { size: A4; margin: 18mm }
@page card { size: 85mm 55mm; margin: 4mm }
body { font-family: "Noto Sans", "Noto Sans Devanagari", "Noto Sans Tamil", "Noto Sans Telugu", "Noto Sans Kannada",
  "Noto Sans CJK SC", "DejaVu Sans", sans-serif; margin: 0; color: #000 }
body.poster { page: poster; font-size: 17pt; line-height: 1.4 }
body.card { page: card; font-size: 6.5pt; line-height: 1.25 }
h1 { font-size: 1.9em; line-height: 1.15; margin: 0 0 .4em }
body.card h1 { font-size: 1.3em }
p { margin: 0 0 .6em }
img { width: 7cm; float: right; margin: 0 0 .6em .6em }
body.card img { width: 2.1cm }
.address, .digits { font-weight: bold; font-size: 1.15em }
body.card .poster-only { display: none }
"""


def pdf(sheet: Sheet, size: Size, site: str = "") -> bytes:
    """One sheet in one language; `site` is printed small, so that it can be told where which poster hangs."""
    from weasyprint import CSS, HTML, URLFetcher  # heavy: only when somebody prints

    address = settings.PUBLIC_ADDRESS + reverse("intake:start", args=[sheet.code])
    root = committee.key_list().root
    context = {
        "p": sheet.phrases,
        "lang": sheet.code,
        "size": size,
        "address": address.removeprefix("https://").removeprefix("http://"),
        "code": _code(address),
        "fingerprint": keylists.fingerprint(root) if root else "",
        "reviewed": sheet.reviewed,
        "ways": mechanism().other_ways,
        "example": mechanism().example,
        "site": site,
    }
    inside = URLFetcher(allowed_protocols=["data"])  # a poster carries everything it shows; nothing is fetched
    html = render_to_string("register/poster.html", context)
    return bytes(HTML(string=html, url_fetcher=inside).write_pdf(stylesheets=[CSS(string=STYLE)]))


def _code(address: str) -> str:
    """The address as a QR code, as an image that carries itself."""
    target = io.BytesIO()
    qrcode.make(address, image_factory=qrcode.image.svg.SvgPathImage, border=2).save(target)
    return "data:image/svg+xml;base64," + base64.b64encode(target.getvalue()).decode()
