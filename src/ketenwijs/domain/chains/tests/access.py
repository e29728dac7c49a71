"""Which roles get which page of this app; the central matrix test reads this."""

READERS = {"company_user", "company_admin", "secretariat_lead", "adviser", "assessor"}
WRITERS = {"company_user", "company_admin"}
LEAD = {"secretariat_lead"}
STAFF = LEAD | {"adviser", "assessor"}


def _page(name: str, roles: set[str], *methods: str) -> dict[str, object]:
    return {"url": f"chains:{name}", "roles": roles, "methods": list(methods or ("GET",))}


ACCESS = [
    _page("home", WRITERS | {"secretariat_lead", "adviser", "assessor", "steering_member", "party_member"}),
    _page("coverage_home", STAFF),
    _page("coverage", STAFF),
    _page("areas_home", LEAD),
    _page("areas", LEAD),
    _page("areas_publish", LEAD, "POST"),
    _page("overview", READERS),
    _page("export", READERS),
    _page("add", WRITERS, "GET", "POST"),
    _page("change", WRITERS, "GET", "POST"),
    _page("remove", WRITERS, "POST"),
    _page("leave_out", WRITERS, "POST"),
    _page("count", WRITERS, "POST"),
    _page("carry_over", WRITERS, "POST"),
    _page("confirm", WRITERS, "POST"),
    _page("upload", WRITERS, "GET", "POST"),
    _page("sheet", WRITERS),
    _page("rows", WRITERS),
    _page("row", WRITERS, "GET", "POST"),
    _page("columns", WRITERS, "GET", "POST"),
    _page("proposal", WRITERS),
    _page("sheet_confirm", WRITERS, "POST"),
    _page("sheet_drop", WRITERS, "POST"),
]
