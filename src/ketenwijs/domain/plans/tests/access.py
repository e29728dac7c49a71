"""Who may open which page of this app; every URL name stands here once. Read by the access matrix over all apps.

The plan is the firm's own and still being written; an earlier year has a plan to take along.
"""

from typing import Any

WRITERS = {"company_user", "company_admin"}
READERS = WRITERS | {"secretariat_lead", "adviser", "assessor"}
GET, BOTH, POST = ["GET"], ["GET", "POST"], ["POST"]


def page(name: str, roles: set[str], methods: list[str], answer: int = 200, **arguments: Any) -> dict[str, Any]:
    """One row of the table."""
    return {"url": f"plans:{name}", "roles": roles, "methods": methods, "answer": answer, "arguments": arguments}


ACCESS = [
    page("plan", READERS, GET),
    page("start", WRITERS, POST, answer=302),
    page("carry-over", WRITERS, POST, answer=302),
    page("move", WRITERS, POST, answer=302, move="ready"),
    page("new-goal", WRITERS, BOTH),
    page("public-texts", WRITERS, GET),
    page("preview", WRITERS, GET),
    page("goal", WRITERS, BOTH),
    page("remove-goal", WRITERS, POST, answer=302),
    page("new-measure", WRITERS, BOTH),
    page("measure", WRITERS, BOTH),
    page("remove-measure", WRITERS, POST, answer=302),
]
