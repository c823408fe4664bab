package io.linewright.ingest.align;

import io.linewright.ingest.aggregate.bound.ValueCursor.Fill;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.model.sample.Sample;
import java.util.Iterator;

/**
 * One of the tags to be set side by side.
 *
 * @param samples ascending by time and ordinal, read once as far as needed
 * @param fill how it gets values where it has none
 * @param configuration stepped or sloped, and which values are usable
 */
public record AlignedTag(
    Iterator<Sample> samples, Fill fill, AggregateConfiguration configuration) {}
