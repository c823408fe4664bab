package io.linewright.model.production;

import java.time.Instant;
import java.util.List;

/**
 * The figures of a line's shift are others than were told; those of all its machines as they are
 * now.
 *
 * @param line path
 * @param calendar name of the calendar that has the shift
 * @param plantDay on which it opened, such as {@code 2026-03-29}
 * @param shift name
 * @param version one more than the one before
 * @param previousVersion the one that it replaces
 * @param cause why, such as {@code late-data}; of several each, separated by a comma
 * @param changed paths of the machines whose sums are others
 * @param inputHash 32 hexadecimal digits: figures of the same inputs have the same
 * @param provisional whether a stop that still goes on may change them
 * @param machines each machine that has the shift, by path
 * @param lineSums the sum of these
 */
public record ShiftCorrected(
    String line,
    String calendar,
    String plantDay,
    String shift,
    Instant from,
    Instant to,
    int version,
    int previousVersion,
    String cause,
    List<String> changed,
    String inputHash,
    boolean provisional,
    List<MachineSums> machines,
    ElementSums lineSums) {}
