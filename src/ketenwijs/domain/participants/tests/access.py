"""Who may open which page of this app; every URL name stands here once. Read by the access matrix over all
apps.

`roles` get `answer` (200 unless said otherwise) within their own organisation or agreement; everybody else
302, 403 or 404. The organisation is a member company, so people of an authority are outsiders to it.
"""

from typing import Any

ADMIN, LEAD = {"company_admin"}, {"secretariat_lead"}
STAFF = LEAD | {"adviser", "assessor"}
EVERYBODY = STAFF | ADMIN | {"company_user", "authority_user", "steering_member", "party_member", "auditor"}
GET, BOTH = ["GET"], ["GET", "POST"]


def page(name: str, roles: set[str], methods: list[str], answer: int = 200, **arguments: Any) -> dict[str, Any]:
    """One row of the table."""
    return {
        "url": f"participants:{name}",
        "roles": roles,
        "methods": methods,
        "answer": answer,
        "arguments": arguments,
    }


ACCESS = [
    page("choose", EVERYBODY, BOTH),
    page("own", EVERYBODY, GET, answer=302),
    page("organisation", STAFF | ADMIN | {"company_user"}, GET),
    page("correct", LEAD | ADMIN | {"adviser"}, BOTH),
    page("holding", LEAD | {"adviser"}, BOTH),
    page("people", STAFF | ADMIN | {"company_user"}, GET),
    page("invite", LEAD | ADMIN, BOTH),
    page("add_contact", LEAD | ADMIN | {"adviser"}, BOTH),
    page("withdraw", LEAD | ADMIN, ["POST"], answer=302, pk="invitation"),
    page("end_role", LEAD | ADMIN, BOTH, pk="grant"),
]
