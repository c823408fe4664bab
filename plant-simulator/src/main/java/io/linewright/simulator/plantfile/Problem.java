package io.linewright.simulator.plantfile;

/**
 * Something wrong in a plant file.
 *
 * @param line line in the file, from 1
 * @param field path of the field, such as {@code sites[0].lines[1].buffer}; empty: the whole file
 * @param reason what is wrong and what is allowed
 */
public record Problem(int line, String field, String reason) {}
