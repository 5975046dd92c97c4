#!/usr/bin/env bash
# Makes the record of an earlier step: tests/store/upgrades/make.sh STEP COMMIT [PYTHON]. See README.md. Needs Debian's postgresql, and root for its user.
set -euo pipefail
step=$1 commit=$2 python=$(realpath -s "${3:-.venv/bin/python}") here=$(realpath "$(dirname "$0")")
work=$(mktemp -d) tools=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
as_postgres() { runuser -u postgres -- "$@" > "$work/log"; }
clean() { as_postgres "$tools/pg_ctl" -D "$work/pg/data" -m immediate -w stop || true; git -C "$here" worktree remove --force "$work/code"; rm -rf "$work"; }
trap clean EXIT
chmod 755 "$work"; install -d -o postgres "$work/pg"
git -C "$here" worktree add -q --detach "$work/code" "$commit"
as_postgres "$tools/initdb" -D "$work/pg/data" -A trust -U onrecord -E UTF8 --locale=C.UTF-8 --no-sync
as_postgres "$tools/pg_ctl" -D "$work/pg/data" -w -l "$work/pg/log" -o "-c listen_addresses='' -c unix_socket_directories=$work/pg" start
psql -q -h "$work/pg" -U onrecord postgres -c "CREATE DATABASE record"
cd "$work/code"  # whose code is imported, and no other
for db in "" "postgresql://onrecord@/record?host=$work/pg"; do
  run=("$python" -m onrecord --home "$work/home" ${db:+--db "$db"})
  for page in "$here"/pages/*.html; do
    PYTHONPATH=$work/code "${run[@]}" add --workers 0 --url "$(sed -n 's/.*rel="canonical" href="\([^"]*\)".*/\1/p' "$page")" "$page"
  done
  PYTHONPATH=$work/code "${run[@]}" verify
done
pg_dump -h "$work/pg" -U onrecord --no-owner --no-privileges --inserts record > "$work/home/postgresql.sql"
tar -C "$work/home" --sort=name --owner=0 --group=0 --mtime=@0 -c onrecord.db postgresql.sql evidence | xz -9e > "$here/step-$step.tar.xz"
