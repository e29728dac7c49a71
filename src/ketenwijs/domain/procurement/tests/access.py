"""Who may open which page of this app; every URL name stands here once. Read by the access matrix over all apps.

Without more words the question is one that the authority of the asking person put itself.
"""

from typing import Any

ANSWERERS = {"secretariat_lead", "adviser", "assessor"}
ASKERS = {"authority_user"}
GET, BOTH = ["GET"], ["GET", "POST"]


def page(name: str, roles: set[str], methods: list[str], answer: int = 200) -> dict[str, Any]:
    """One row of the table."""
    return {"url": f"procurement:{name}", "roles": roles, "methods": methods, "answer": answer, "arguments": {}}


ACCESS = [
    page("enquiries", ANSWERERS | ASKERS, GET),
    page("ask", ASKERS, BOTH),
    page("record", ANSWERERS, BOTH),
    page("enquiry", ANSWERERS | ASKERS, GET),
]
