"""Triggers that refuse changing, deleting or replacing journal entries in the database itself (security.md 6)."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "journal_journalentry"
PUT_UP = {
    "sqlite": [
        f"""CREATE TRIGGER journal_no_update BEFORE UPDATE ON {TABLE}
            BEGIN SELECT RAISE(ABORT, 'journal entries never change'); END""",
        f"""CREATE TRIGGER journal_no_delete BEFORE DELETE ON {TABLE}
            BEGIN SELECT RAISE(ABORT, 'journal entries are never deleted'); END""",
    ],
    "postgresql": [
        """CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION 'journal entries never change'; END $$""",
        f"""CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON {TABLE}
            FOR EACH ROW EXECUTE FUNCTION journal_refuse()""",
    ],
}
TAKE_DOWN = {
    "sqlite": ["DROP TRIGGER IF EXISTS journal_no_update", "DROP TRIGGER IF EXISTS journal_no_delete"],
    "postgresql": [f"DROP TRIGGER IF EXISTS journal_no_change ON {TABLE}"],
}


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Refuse every change of entries from now on."""
    _run(connection, PUT_UP)


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Let entries be removed again: for undoing the migration and for emptying a test database."""
    _run(connection, TAKE_DOWN)


def _run(connection: BaseDatabaseWrapper, statements: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements.get(connection.vendor, []):
            cursor.execute(statement)
