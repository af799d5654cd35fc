#!/bin/bash
# Runs once, when the database is made: one login for each process, in the role that the migrations grant.
set -euo pipefail

for pair in portal:suluh_intake desk:suluh_triage worker:suluh_worker; do
  login=${pair%%:*} role=${pair##*:}
  psql --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set login="$login" --set role="$role" --set password="$(cat "${SECRETS_DIR:-/run/secrets}/${login}_password")" <<'SQL'
SELECT format('CREATE ROLE %I NOLOGIN', :'role')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \gexec
CREATE ROLE :"login" LOGIN PASSWORD :'password' IN ROLE :"role";
SQL
done
