"""Reads the supplier sheet that a firm already keeps: bytes in, records and faults out.

Knows nothing of the rest of the system: no database, no settings, no translations. Words come from data files
(`load_vocabulary`), faults are codes with parameters. Files from outside go through `read_in_child`.
Way of a file: filetype, package, workbook / opendocument / delimited, tables, columns, rows, records.
"""

from .isolation import read_in_child
from .limits import Limits
from .model import (
    COLUMN_REASONS,
    FAULTS,
    FIELDS,
    NOTES,
    REFUSALS,
    SKIP_REASONS,
    Column,
    ColumnMapping,
    Fault,
    Note,
    Reading,
    Record,
    SkippedRow,
    Table,
    UnreadableSheet,
)
from .plain import as_json
from .reading import read_sheet
from .vocabulary import Vocabulary, load_vocabulary

__all__ = [
    "COLUMN_REASONS",
    "FAULTS",
    "NOTES",
    "SKIP_REASONS",
    "FIELDS",
    "REFUSALS",
    "Column",
    "ColumnMapping",
    "Fault",
    "Limits",
    "Note",
    "Reading",
    "Record",
    "SkippedRow",
    "Table",
    "UnreadableSheet",
    "Vocabulary",
    "as_json",
    "load_vocabulary",
    "read_in_child",
    "read_sheet",
]
