"""Who may open which page of this app; every URL name stands here once. Read by the access matrix over all
apps.

`roles` get `answer` (200 unless said otherwise) within their own organisation or agreement; everybody else
302, 403 or 404. `arguments` holds what the address needs besides agreement and firm.
"""

from typing import Any

LEAD = {"secretariat_lead"}
STAFF = LEAD | {"adviser", "assessor"}
PEOPLE = {"company_user", "company_admin", "authority_user"}
READERS = STAFF | PEOPLE | {"steering_member", "party_member", "auditor"}
MAKERS = {"agreement_maker", "operator"}
GET, BOTH = ["GET"], ["GET", "POST"]


def page(name: str, roles: set[str], methods: list[str], answer: int = 200, **arguments: Any) -> dict[str, Any]:
    """One row of the table."""
    return {
        "url": f"agreements:{name}",
        "roles": roles,
        "methods": methods,
        "answer": answer,
        "arguments": arguments,
    }


ACCESS = [
    page("home", READERS, GET, answer=302),
    page("members_home", STAFF, GET, answer=302),
    page("agreement", READERS, GET),
    page("editions", READERS, GET),
    page("starting", MAKERS, GET),
    page("starter_package", MAKERS, BOTH),
    page("package_upload", MAKERS, BOTH),
    page("package_confirm", MAKERS, ["POST"], answer=302),
    page("first_lead", {"agreement_maker"}, BOTH),
    page("people_home", LEAD, GET, answer=302),
    page("people", LEAD | {"operator"}, GET),
    page("invite", LEAD | {"operator"}, BOTH),
    page("withdraw_invitation", LEAD | {"operator"}, ["POST"], answer=302),
    page("end_role", LEAD | {"operator"}, BOTH),
    page("members", STAFF, GET),
    page("authorities", STAFF, GET),
    page("parties", STAFF, GET),
    page("member", STAFF, GET),
    page("new_member", LEAD, BOTH, kind="participant"),
    page("join", LEAD, BOTH, kind="participant"),
    page("leave", LEAD, BOTH),
    page("correct_joining", LEAD, BOTH),
    page("group", LEAD, BOTH),
    page("level", LEAD, BOTH),
    page("register", LEAD, BOTH),
    page("register_confirm", LEAD, ["POST"], answer=302),
    page("register_template", LEAD, GET),
]
