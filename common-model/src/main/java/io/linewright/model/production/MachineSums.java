package io.linewright.model.production;

/**
 * The sums of one machine.
 *
 * @param machine its path
 */
public record MachineSums(String machine, ElementSums sums) {}
