/** Aggregates of a tag's samples per bucket, by the definitions of OPC UA part 13. */
@NullMarked
package io.linewright.ingest.aggregate;

import org.jspecify.annotations.NullMarked;
