package io.linewright.oee.energy;

/**
 * What a meter showed. It comes from outside, so any number is possible; curves leave out what no
 * meter shows.
 *
 * @param micros when, microseconds since 1970-01-01T00:00:00Z
 * @param value kWh of a counter, or kW
 */
public record EnergyReading(long micros, double value) {}
