"""Who may open which page of this app; every URL name stands here once. Read by the access matrix over all apps.

The risk and the place are the firm's own; the year before holds weighings to take along.
"""

from typing import Any

WRITERS = {"company_user", "company_admin"}
READERS = WRITERS | {"secretariat_lead", "adviser", "assessor"}
GET, BOTH, POST = ["GET"], ["GET", "POST"], ["POST"]


def page(name: str, roles: set[str], methods: list[str], answer: int = 200) -> dict[str, Any]:
    """One row of the table."""
    return {"url": f"risks:{name}", "roles": roles, "methods": methods, "answer": answer, "arguments": {}}


ACCESS = [
    page("overview", READERS, GET),
    page("place", READERS, GET),
    page("exceptions", WRITERS, BOTH),
    page("carry-over", WRITERS, POST, answer=302),
    page("confirm", WRITERS, POST, answer=302),
]
