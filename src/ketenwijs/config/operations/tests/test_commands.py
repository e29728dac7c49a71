"""The commands of the operator: the first person, and backup and restore from the console."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from ketenwijs.config.management.commands import backup as backup_command
from ketenwijs.config.management.commands import restore as restore_command
from ketenwijs.config.operations.manifest import Unusable
from ketenwijs.foundation.access.models import Grant
from ketenwijs.foundation.accounts.models import Person
from ketenwijs.foundation.journal.models import JournalEntry

ADDRESS = "operator@voorbeeld.example"
