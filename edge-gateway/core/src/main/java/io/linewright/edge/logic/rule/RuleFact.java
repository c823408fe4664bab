package io.linewright.edge.logic.rule;

import io.linewright.model.sample.StatusCode;

/**
 * What a rule says from a moment on.
 *
 * @param micros the moment, in the time of the values
 * @param active whether what it looks for is the case
 * @param status Good; Uncertain_LastUsableValue while the tag does not tell
 */
public record RuleFact(long micros, boolean active, StatusCode status) {}
