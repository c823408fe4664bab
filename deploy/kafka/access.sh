#!/bin/sh
# One principal per service; everything that is not allowed here is refused.
set -eu
umask 077
config=/tmp/admin.properties
printf 'security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl.jaas.config=%s\n' \
  "$KAFKA_ADMIN_JAAS" >"$config"

acls() {
  /opt/kafka/bin/kafka-acls.sh --bootstrap-server kafka:9092 --command-config "$config" \
    --add "$@"
}

prefixed="--resource-pattern-type prefixed"
tries=0
until acls --allow-principal User:reader --operation Read --topic linewright. $prefixed; do
  tries=$((tries + 1))
  [ "$tries" -lt 30 ] || exit 1
  sleep 2
done
acls --allow-principal User:reader --operation Read --group reader $prefixed
for service in bridge ingest; do
  acls --allow-principal "User:$service" --operation Read --operation Write --operation Create \
    --operation DescribeConfigs --topic linewright. $prefixed
  acls --allow-principal "User:$service" --operation IdempotentWrite --cluster
done
# Commands come from those who check rights: a refusal weighs more than what is allowed above.
acls --deny-principal User:bridge --operation Write --topic linewright.commands.v1
acls --allow-principal User:bridge --operation Write --operation Describe \
  --transactional-id linewright-bridge $prefixed
acls --allow-principal User:ingest --operation Write --operation Describe \
  --transactional-id ingest-service $prefixed
acls --allow-principal User:ingest --operation Read --group ingest-service $prefixed
# Imports do not run away from who reads their events.
acls --allow-principal User:ingest --operation Describe --group oee-service $prefixed
acls --allow-principal User:mes --operation Write --topic linewright.production-orders.v1
