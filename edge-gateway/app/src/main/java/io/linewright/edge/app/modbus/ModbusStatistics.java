package io.linewright.edge.app.modbus;

/**
 * Books of one Modbus connection since the start.
 *
 * @param requests sent
 * @param answers that came in time, exceptions among them
 * @param exceptions exception answers
 * @param timeouts requests without an answer in time
 * @param lateAnswers answers to requests that had been given up; dropped
 * @param strayAnswers messages that answer nothing; dropped
 * @param garbledAnswers answers that do not fit their request
 * @param missedCycles cycles left out because the one before took too long; of units that answer
 * @param p99Micros time from request to answer that 99 % do not exceed, µs, at most 13 % too high;
 *     0 without answers
 */
public record ModbusStatistics(
    long requests,
    long answers,
    long exceptions,
    long timeouts,
    long lateAnswers,
    long strayAnswers,
    long garbledAnswers,
    long missedCycles,
    long p99Micros) {}
