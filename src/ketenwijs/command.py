"""The one console command: `ketenwijs serve`, `work`, `demo`, `read-sheet` …; everything else goes to Django."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

OWN_NAMES = {
    "check-content": "check_content",
    "apply-content": "apply_content",
    "read-sheet": "read_sheet",
    "match-sites": "match_sites",
    "verify-journal": "verify_journal",
    "new-secret": "new_secret",
    "first-person": "first_person",
    "new-agreement": "new_agreement",
}
COMPLAINTS = "complaints-"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command. Dashes or underscores in its name both work; the settings default to the local ones."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and words[0].startswith(COMPLAINTS):
        # The second program: `complaints-serve`, `complaints-migrate` … run under its own settings, whatever is set.
        words[0] = words[0].removeprefix(COMPLAINTS)
        os.environ["DJANGO_SETTINGS_MODULE"] = "ketenwijs.config.settings.complaints"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ketenwijs.config.settings.local")
    if words:
        words[0] = OWN_NAMES.get(words[0], words[0].replace("-", "_"))
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["ketenwijs", *(words or ["help"])])
    except ImproperlyConfigured as refused:  # a setting is unsafe or missing: its sentence says what to set
        sys.exit(str(refused))


if __name__ == "__main__":
    main()
