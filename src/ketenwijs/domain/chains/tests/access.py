"""Which roles get which page of this app; the central matrix test reads this."""

READERS = {"company_user", "company_admin", "secretariat_lead", "adviser", "assessor"}
WRITERS = {"company_user", "company_admin"}
LEAD = {"secretariat_lead"}
STAFF = LEAD | {"adviser", "assessor"}
MATCHERS = LEAD | {"adviser"}


def _page(name: str, roles: set[str], *methods: str) -> dict[str, object]:
    return {"url": f"chains:{name}", "roles": roles, "methods": list(methods or ("GET",))}


ACCESS = [
    _page("home", WRITERS | {"secretariat_lead", "adviser", "assessor", "steering_member", "party_member"}),
    _page("coverage_home", STAFF),
    _page("coverage", STAFF),
    _page("upstream", MATCHERS),
    _page("areas_home", LEAD),
    _page("areas", LEAD),
    _page("areas_publish", LEAD, "POST"),
    _page("area_names", LEAD, "GET", "POST"),
    _page("production_home", LEAD),
    _page("production", LEAD),
    _page("production_publish", LEAD, "POST"),
    _page("locations_home", MATCHERS),
    _page("locations", MATCHERS),
    _page("locations_map", MATCHERS),
    _page("queue", MATCHERS),
    _page("register_new", MATCHERS, "POST"),
    _page("sure", MATCHERS, "GET", "POST"),
    _page("match", MATCHERS, "GET", "POST"),
    _page("decisions", MATCHERS),
    _page("undo_decision", MATCHERS, "POST"),
    _page("end_invitation", MATCHERS, "POST"),
    _page("location", MATCHERS),
    _page("change_location", MATCHERS, "GET", "POST"),
    _page("number", MATCHERS, "GET", "POST"),
    _page("close_location", MATCHERS, "GET", "POST"),
    _page("move_location", MATCHERS, "GET", "POST"),
    _page("reopen_location", MATCHERS, "POST"),
    _page("merge", MATCHERS, "GET", "POST"),
    _page("unmerge", MATCHERS, "POST"),
    _page("split", MATCHERS, "GET", "POST"),
    _page("invite", MATCHERS, "POST"),
    _page("overview", READERS),
    _page("export", READERS),
    _page("add", WRITERS, "GET", "POST"),
    _page("change", WRITERS, "GET", "POST"),
    _page("remove", WRITERS, "POST"),
    _page("leave_out", WRITERS, "POST"),
    _page("count", WRITERS, "POST"),
    _page("carry_over", WRITERS, "POST"),
    _page("confirm", WRITERS, "POST"),
    _page("together", WRITERS),
    _page("together_withdraw", WRITERS, "POST"),
    _page("together_answer", WRITERS, "POST"),
    _page("places", WRITERS, "GET", "POST"),
    _page("place", WRITERS, "GET", "POST"),
    _page("upload", WRITERS, "GET", "POST"),
    _page("sheet", WRITERS),
    _page("rows", WRITERS),
    _page("row", WRITERS, "GET", "POST"),
    _page("columns", WRITERS, "GET", "POST"),
    _page("proposal", WRITERS),
    _page("sheet_confirm", WRITERS, "POST"),
    _page("sheet_drop", WRITERS, "POST"),
]
