package io.linewright.edge.health;

/**
 * What went through since the gateway started.
 *
 * @param in values that came from the machine
 * @param out of these, handed on
 * @param setAside of these, not usable as declared
 * @param reconnects times that the connection was built anew; 0 for a device
 */
public record Books(long in, long out, long setAside, long reconnects) {}
