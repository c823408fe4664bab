package io.linewright.kit.exactlyonce;

/**
 * Which part of its topic a consumer reads.
 *
 * @param whole every partition is its own: nobody else stores what comes from this topic, and what
 *     others have stored before can be seen by now
 * @param partitions how many are its own
 * @param version rises with every change of its partitions, and whenever it has asked the database
 *     anew where they go on
 */
public record Ownership(boolean whole, int partitions, long version) {}
