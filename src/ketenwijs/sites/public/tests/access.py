"""Who may open which page of the public site: everybody; `roles` None means visitors without an account, too.

`arguments` holds what the address needs besides agreement and firm.
"""

from typing import Any


def page(name: str, **arguments: Any) -> dict[str, Any]:
    """One row of the table."""
    return {"url": f"public:{name}", "roles": None, "methods": ["GET"], "answer": 200, "arguments": arguments}


ACCESS = [
    page("home"),
    page("check"),
    page("overview"),
    page("overview-csv"),
    page("overview-json"),
    page("overview-schema"),
    page("agreement"),
    page("pipeline"),
    page("register"),
    page("authorities"),
    page("register-csv"),
    page("register-json"),
    page("firm"),
    page("extract"),
    page("plan", year="2023-2024"),
    page("areas"),
    page("areas-csv"),
    page("areas-schema"),
    page("areas-geojson"),
    page("locations"),
    page("locations-csv"),
    page("locations-schema"),
    page("locations-geojson"),
    page("complaints"),
    page("figures"),
    page("report", year="2023-2024"),
]
