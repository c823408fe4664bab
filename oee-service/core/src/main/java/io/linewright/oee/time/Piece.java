package io.linewright.oee.time;

/**
 * A value that holds at every instant of a span.
 *
 * @param <V> what holds
 * @param span when
 * @param value what
 */
public record Piece<V>(Span span, V value) {}
