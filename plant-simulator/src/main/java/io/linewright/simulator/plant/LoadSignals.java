package io.linewright.simulator.plant;

import java.time.Duration;

/**
 * Generic signals {@code signal/001} … that change at every interval, to make load.
 *
 * @param count signals per machine, 1 to 10,000
 * @param interval time between two changes of one signal, 1 ms to 1 h
 */
public record LoadSignals(int count, Duration interval) {}
