"""Before a program serves or works: are the tables those that this release knows (security case 79)?"""

from __future__ import annotations

from django.apps import apps
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader


def refuse_other_tables(migrate: str) -> None:
    """Stop with a sentence when a newer release changed the tables, or this one's changes wait.

    `migrate` is the command that brings the tables up to date. Raises CommandError.
    """
    loader = MigrationLoader(connection)
    own = {one.label for one in apps.get_app_configs() if one.name.startswith("ketenwijs.")}
    applied, known = {one for one in loader.applied_migrations if one[0] in own}, set(loader.disk_migrations)
    replaced = {pair for migration in loader.disk_migrations.values() for pair in migration.replaces}
    if applied - known - replaced:
        raise CommandError("A newer release changed this database. Start that release, or restore a backup of before.")
    if {one for one in known if one[0] in own} - applied:
        raise CommandError(f"The database is not up to date. Run {migrate} first.")
