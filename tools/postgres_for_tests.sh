#!/usr/bin/env bash
# Runs a command with DATABASE_URL set to a throw-away PostgreSQL (socket only, nothing durable), and clears it away.
# Usage: tools/postgres_for_tests.sh COMMAND [ARG ...]
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$bin" ]; then
  echo "PostgreSQL is missing: install the Debian package postgresql." >&2
  exit 1
fi
place=$(mktemp -d)
as_owner() { "$@"; }
if [ "$(id -u)" = 0 ]; then
  chown postgres "$place"
  as_owner() { runuser -u postgres -- "$@"; }
fi
clear_away() {
  as_owner "$bin/pg_ctl" -D "$place/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$place"
}
trap clear_away EXIT
owner=postgres
as_owner "$bin/initdb" -D "$place/data" -U "$owner" -A trust -E UTF8 --locale=C.UTF-8 -N >/dev/null
as_owner "$bin/pg_ctl" -D "$place/data" -w -l "$place/log" start \
  -o "-k $place -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off" >/dev/null
export DATABASE_URL="postgres://$owner@/postgres?host=$place"
"$@"
