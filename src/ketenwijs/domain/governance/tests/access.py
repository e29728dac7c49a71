"""Who may open which page of this app; every URL name stands here once. Read by the access matrix over all apps.

The agreement has a body with a seat, a planned meeting with a paper, decisions, a commitment with a goal, a budget line, an
outside check and a subsidy.
"""

from typing import Any

MANAGERS = {"secretariat_lead"}
READERS = MANAGERS | {"adviser", "assessor", "steering_member", "party_member", "auditor"}
GET, BOTH, POST = ["GET"], ["GET", "POST"], ["POST"]


def page(name: str, roles: set[str], methods: list[str], answer: int = 200, **arguments: Any) -> dict[str, Any]:
    """One row of the table."""
    return {"url": f"governance:{name}", "roles": roles, "methods": methods, "answer": answer, "arguments": arguments}


ACCESS = [
    page("home", READERS, GET, answer=302),
    *(
        page(name, READERS, GET)
        for name in (
            "overview", "bodies", "body", "meetings", "meeting", "decisions", "decisions_csv", "decision", "commitments",
            "commitments_csv", "commitment", "budget", "line", "checks",
        )
    ),
    page("budget_year", READERS, GET, year="2024-2025"),
    *(
        page(name, MANAGERS, BOTH)
        for name in (
            "new_body", "change_body", "new_seat", "seat", "new_meeting", "change_meeting", "add_paper", "approve",
            "cancel", "supersede", "new_commitment", "change_commitment", "rate", "new_goal", "goal", "new_line",
            "change_line", "new_amount", "new_check", "check", "new_subsidy", "subsidy",
        )
    ),
    page("hold", MANAGERS, GET),
    page("choose_kind", MANAGERS, GET),
    page("carry_out", MANAGERS, BOTH),
    page("record", MANAGERS, BOTH, kind="other"),
    page("move", MANAGERS, BOTH, move="finish"),
    page("remove_paper", MANAGERS, POST, answer=302),
]  # fmt: skip
