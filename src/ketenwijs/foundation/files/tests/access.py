"""Who may open which page of this app; every URL name stands here once. Read by the access matrix.

Who may open a file is decided by its purpose, which the app that keeps it tests: for a file that does not
exist everybody gets the same 404 as for a foreign one.
"""

from typing import Any

ACCESS: list[dict[str, Any]] = [
    {"url": "files:download", "roles": set(), "methods": ["GET"], "answer": 404, "arguments": {"pk": 0}}
]
