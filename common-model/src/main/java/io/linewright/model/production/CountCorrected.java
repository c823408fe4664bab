package io.linewright.model.production;

import java.time.Instant;

/**
 * Somebody has corrected what a machine counted, or reported what a manual station made.
 *
 * @param machine its path
 * @param time the instant that the items belong to
 * @param kind good, reject, rework or total
 * @param quantity how many more; less than 0: fewer
 * @param reason why
 * @param by who said it
 * @param version number of the correction; of one machine the greater is the later
 */
public record CountCorrected(
    String machine,
    Instant time,
    String kind,
    double quantity,
    String reason,
    String by,
    long version) {}
