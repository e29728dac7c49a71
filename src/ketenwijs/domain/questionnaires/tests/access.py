"""Which roles get which page of this app; the central matrix test reads this."""

READERS = {"company_user", "company_admin", "secretariat_lead", "adviser", "assessor"}
WRITERS = {"company_user", "company_admin"}


def _page(name: str, roles: set[str], *methods: str) -> dict[str, object]:
    return {"url": f"questionnaires:{name}", "roles": roles, "methods": list(methods or ("GET",))}


ACCESS = [
    _page("overview", READERS),
    _page("advice", WRITERS),
    _page("section", READERS, "GET", "POST"),
    _page("carry-over", WRITERS, "POST"),
    _page("confirm", WRITERS, "POST"),
    _page("evidence", WRITERS, "GET", "POST"),
    _page("remove-evidence", WRITERS, "POST"),
]
