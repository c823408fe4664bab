package io.linewright.oee.line;

import io.linewright.oee.time.Span;

/**
 * Time in which a machine waited for nobody.
 *
 * @param machine which
 * @param span how long without interruption
 */
public record ActivePeriod(String machine, Span span) {}
