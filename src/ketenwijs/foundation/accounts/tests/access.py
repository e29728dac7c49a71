"""Who may open which page of accounts; every URL name of ours stands here once. Read by the access matrix over all apps.

`roles` get `answer`; everybody else 302 to the sign-in page. Pages with None are open to visitors.
"""

from typing import Any

EVERYBODY_SIGNED_IN = {
    "company_user",
    "company_admin",
    "authority_user",
    "secretariat_lead",
    "adviser",
    "assessor",
    "steering_member",
    "party_member",
    "auditor",
    "operator",
}


def page(name: str, methods: list[str], roles: set[str] | None, answer: int = 200, **arguments: Any) -> dict[str, Any]:
    """One row of the table."""
    return {"url": f"accounts:{name}", "roles": roles, "methods": methods, "answer": answer, "arguments": arguments}


ACCESS = [
    page("invitation", ["GET"], None, 410, token="unknown"),
    page("accept", ["GET", "POST"], None, 410),
    page("security", ["GET", "POST"], EVERYBODY_SIGNED_IN),
    page("end-other-sessions", ["POST"], EVERYBODY_SIGNED_IN, 302),
    page("kept-text", ["GET", "POST"], EVERYBODY_SIGNED_IN, 302),
    page("demo-sign-in", ["POST"], None, 404),
]
