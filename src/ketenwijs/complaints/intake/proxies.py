"""Browsers that let another company fetch and read the page: they get a warning, not a block (security.md 4.6).

Known by what the request says of itself, looked at for this one answer and never kept. In front of the program the web
server leaves out what the browser calls itself and says only yes, in one header (deploy/nginx-complaints.conf).
"""

from __future__ import annotations

import re

from django.http import HttpRequest

SAID_IN_FRONT = "X-Reads-Along"
HEADERS = (
    "X-OperaMini-Phone",
    "X-OperaMini-Phone-UA",
    "X-OperaMini-Features",
    "X-UCBrowser-Device",
    "X-UCBrowser-Device-UA",
    "X-UCBrowser-UA",
    "X-Puffin-UA",
    "X-Skyfire-Phone",
    "X-Bolt-Phone-UA",
)
"""Headers that only such a company's computer adds."""
NAMES = re.compile(
    r"Opera Mini|UCBrowser|UCWEB|UC Browser|UCMini|Puffin/|Silk-Accelerated=true|OviBrowser|NokiaXpress|BOLT/|Skyfire|TeaShark"
    r"|googleweblight",
    re.IGNORECASE,
)
"""What they call themselves; the same list stands in the example of the web server."""


def reads_along(request: HttpRequest) -> bool:
    """Whether another company can read what is typed in the browser of this request, as far as it can be seen."""
    said = request.headers
    if said.get(SAID_IN_FRONT) or any(name in said for name in HEADERS):
        return True
    return NAMES.search(said.get("User-Agent", "")) is not None
