package io.linewright.ingest.app.truth;

import io.linewright.ingest.truth.Ranges;

/**
 * What had been said of a tag when an answer began.
 *
 * @param version of the last correction that counts, above 0
 * @param ranges corrections of ranges up to it; those of single values are read as they are needed
 */
public record Edition(int tagId, long version, Ranges ranges) {}
