package io.linewright.bench.query;

import io.linewright.bench.query.Questions.Kind;
import java.time.Instant;

/**
 * A question and its answer.
 *
 * @param tag number of the tag among those of the plan; -1: all
 * @param from begin of the range; of last values the epoch
 * @param to its end, not included
 * @param at when it was asked
 * @param knownMicros source time of a sample of every tag that Kafka had long enough before, in
 *     microseconds; 0: of none
 * @param status of HTTP
 * @param body the answer
 */
record Asked(
    Kind kind,
    int tag,
    Instant from,
    Instant to,
    Instant at,
    long knownMicros,
    int status,
    String body) {}
