"""Who may open which page of this app; every URL name stands here once. Read by the access matrix over all apps.

`state` is where the report stands; it was never assigned to anybody and its finding has no reply yet.
"""

from typing import Any

ADMIN = {"company_admin"}
FIRM = ADMIN | {"company_user"}
STAFF = {"secretariat_lead", "adviser", "assessor"}
JUDGES = {"secretariat_lead", "assessor"}
LEAD = {"secretariat_lead"}
ORGANISATIONS = FIRM | {"authority_user"}
GET, BOTH, POST = ["GET"], ["GET", "POST"], ["POST"]


def page(
    name: str, roles: set[str], methods: list[str], answer: int = 200, state: str = "draft", **arguments: Any
) -> dict[str, Any]:
    """One row of the table."""
    return {
        "url": f"assessments:{name}",
        "roles": roles,
        "methods": methods,
        "answer": answer,
        "state": state,
        "arguments": arguments,
    }


ACCESS = [
    page("reports", ORGANISATIONS, GET),
    page("dossier", FIRM | STAFF, GET),
    page("hand-in", FIRM | STAFF, POST, answer=302),
    page("take-along", FIRM | STAFF, POST, answer=302),
    page("take-back", FIRM | STAFF, POST, answer=302),
    page("size", FIRM, BOTH, answer=404),
    page("findings", FIRM | STAFF, GET, state="hearing"),
    page("finish-reply", FIRM | STAFF, POST, answer=302, state="hearing"),
    page("reply", FIRM, BOTH, state="hearing"),
    page("letter", FIRM | STAFF, GET, state="published"),
    page("letter-word", FIRM | STAFF, GET, state="published"),
    page("rounds", STAFF, GET),
    page("board", STAFF, GET),
    page("open-round", LEAD, POST, answer=302),
    page("totals", STAFF, GET, answer=404),
    page("simulate", LEAD, BOTH),
    page("close-round", LEAD, POST, answer=302),
    page("assess", STAFF, GET, state="handed_in"),
    page("assign", LEAD, GET),
    page("confirm-unchanged", JUDGES, POST, answer=302, state="handed_in"),
    page("take-over", JUDGES, POST, answer=302, state="handed_in"),
    page("judge", JUDGES, BOTH, state="handed_in", requirement="policy"),
    page("send-findings", STAFF, POST, answer=302, state="handed_in"),
    page("return", STAFF, BOTH, state="handed_in"),
    page("decide", JUDGES, BOTH, state="final"),
    page("confirm", JUDGES, POST, answer=302, state="decided"),
    page("publish", JUDGES, GET, state="confirmed"),
]
