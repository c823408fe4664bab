package io.linewright.model.production;

import java.time.Instant;
import java.util.List;

/**
 * The figures of a line's shift that is over: told once, when all of its machines are known, or
 * nothing is waited for any more.
 *
 * @param line path
 * @param calendar name of the calendar that has the shift
 * @param plantDay on which it opened, such as {@code 2026-03-29}
 * @param shift name
 * @param version 1
 * @param inputHash 32 hexadecimal digits: figures of the same inputs have the same
 * @param provisional whether a stop that still goes on may change them
 * @param machines each machine that has the shift, by path
 * @param lineSums the sum of these
 */
public record ShiftClosed(
    String line,
    String calendar,
    String plantDay,
    String shift,
    Instant from,
    Instant to,
    int version,
    String inputHash,
    boolean provisional,
    List<MachineSums> machines,
    ElementSums lineSums) {}
