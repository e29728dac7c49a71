"""Who may open which page of this app; every URL name stands here once. Read by the access matrix over all apps.

Without `state` the release is a draft that somebody else made.
"""

from typing import Any

DRAFTERS = {"secretariat_lead", "adviser", "assessor", "auditor"}
READERS = {"steering_member", "party_member"}
GET, BOTH, POST = ["GET"], ["GET", "POST"], ["POST"]


def page(name: str, roles: set[str], methods: list[str], answer: int = 200, **arguments: Any) -> dict[str, Any]:
    """One row of the table."""
    return {
        "url": f"reports:{name}",
        "roles": roles,
        "methods": methods,
        "answer": answer,
        "arguments": arguments,
    }


ACCESS = [
    page("home", DRAFTERS | READERS, GET),
    page("make", DRAFTERS, BOTH),
    page("preview", DRAFTERS, GET),
    page("texts", DRAFTERS, BOTH),
    page("release", {"secretariat_lead"}, POST, answer=302),
    page("download", DRAFTERS, GET, language="nl", suffix="csv"),
]
