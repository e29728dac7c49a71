"""Who may open which page of this app; every URL name stands here once. Read by the access matrix over all apps.

Without more words the report is linked to a location that the firm of the company roles uses, the question is that firm's,
and a party's pages are those of somebody who sent nothing. `state` puts the report where the page begins.
"""

from typing import Any

HANDLERS = {"secretariat_lead", "adviser"}
PARTIES = {"steering_member", "party_member"}
FIRM = {"company_user", "company_admin"}
EVERYBODY = {"visitor", *HANDLERS, *PARTIES, *FIRM, "assessor", "auditor", "authority_user"}
GET, BOTH, POST = ["GET"], ["GET", "POST"], ["POST"]


def page(name: str, roles: set[str], methods: list[str], answer: int = 200, state: str = "checked") -> dict[str, Any]:
    """One row of the table."""
    return {
        "url": f"sitereports:{name}", "roles": roles, "methods": methods, "answer": answer, "arguments": {},
        "state": state,
    }  # fmt: skip


ACCESS = [
    page("tell", EVERYBODY, BOTH),
    page("follow", EVERYBODY, BOTH),
    page("questions", FIRM, GET),
    page("question", FIRM, BOTH),
    page("sent", PARTIES, GET),
    page("new", PARTIES, BOTH),
    page("home", HANDLERS, GET, answer=302),
    page("reports", HANDLERS, GET),
    page("report", HANDLERS, GET),
    page("check", HANDLERS, POST, answer=302, state="received"),
    page("link", HANDLERS, POST, answer=302),
    page("ask", HANDLERS, BOTH),
    page("answer", HANDLERS, BOTH),
    page("not_take_up", HANDLERS, BOTH),
    page("close", HANDLERS, POST, answer=302, state="answered"),
]
