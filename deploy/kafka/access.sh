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
acls --allow-principal User:oee --operation Create --operation DescribeConfigs --topic linewright. $prefixed
for topic in machine-events equipment production-orders; do
  acls --allow-principal User:oee --operation Read --topic "linewright.$topic.v1"
done
for topic in oee production-performance master-data quarantine; do
  acls --allow-principal User:oee --operation Write --topic "linewright.$topic.v1"
done
acls --allow-principal User:oee --operation IdempotentWrite --cluster
acls --allow-principal User:oee --operation Write --operation Describe \
  --transactional-id oee-service $prefixed
acls --allow-principal User:oee --operation Read --group oee-service $prefixed
# Imports do not run away from who reads their events.
acls --allow-principal User:ingest --operation Describe --group oee-service $prefixed
acls --allow-principal User:mes --operation Write --topic linewright.production-orders.v1
acls --allow-principal User:mes --operation Read --topic linewright.production-performance.v1
acls --allow-principal User:mes --operation Read --group mes $prefixed
