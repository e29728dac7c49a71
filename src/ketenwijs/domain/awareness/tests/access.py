"""Who may open which page of this app; every URL name stands here once. Read by the access matrix over all apps.

The firm has a site, one announcement, and the year holds it.
"""

from typing import Any

WRITERS = {"company_user", "company_admin"}
STAFF = {"secretariat_lead", "adviser", "assessor"}
GET, BOTH, POST = ["GET"], ["GET", "POST"], ["POST"]


def page(name: str, roles: set[str], methods: list[str], answer: int = 200, **arguments: Any) -> dict[str, Any]:
    """One row of the table."""
    return {"url": f"awareness:{name}", "roles": roles, "methods": methods, "answer": answer, "arguments": arguments}


ACCESS = [
    page("home", WRITERS | STAFF, GET, answer=302),
    page("register", WRITERS | STAFF, GET),
    page("add", WRITERS, BOTH),
    page("announcement", WRITERS, BOTH),
    page("remove", WRITERS, POST, answer=302),
    page("mention", WRITERS, BOTH),
    page("overview", STAFF, GET),
    page("overview_csv", STAFF, GET),
    page("publish", {"secretariat_lead"}, POST, answer=302),
]
