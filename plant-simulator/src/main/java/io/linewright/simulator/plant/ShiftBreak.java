package io.linewright.simulator.plant;

import java.time.Duration;
import java.time.LocalTime;

/**
 * A break in every day.
 *
 * @param at simulated time of day at which it begins
 * @param length how long it lasts, 1 minute to 12 hours
 */
public record ShiftBreak(LocalTime at, Duration length) {}
