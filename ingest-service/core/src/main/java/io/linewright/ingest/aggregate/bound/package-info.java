/** What a tag had at instants between its samples: bounding values of OPC UA part 13. */
@NullMarked
package io.linewright.ingest.aggregate.bound;

import org.jspecify.annotations.NullMarked;
