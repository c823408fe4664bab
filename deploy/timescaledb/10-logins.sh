#!/bin/sh
# Runs once, when the database is made: a schema and a login per service.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  -v ingest="$INGEST_DB_PASSWORD" -v oee="$OEE_DB_PASSWORD" -v gateway="$GATEWAY_DB_PASSWORD" <<'SQL'
REVOKE ALL ON SCHEMA public FROM PUBLIC;
CREATE ROLE ingest LOGIN PASSWORD :'ingest';
CREATE ROLE oee LOGIN PASSWORD :'oee';
CREATE ROLE gateway LOGIN PASSWORD :'gateway';
CREATE SCHEMA ingest AUTHORIZATION ingest;
CREATE SCHEMA oee AUTHORIZATION oee;
CREATE SCHEMA gateway AUTHORIZATION gateway;
ALTER ROLE ingest SET search_path = ingest, public;
ALTER ROLE oee SET search_path = oee;
ALTER ROLE gateway SET search_path = gateway;
GRANT USAGE ON SCHEMA public TO ingest;
SQL
