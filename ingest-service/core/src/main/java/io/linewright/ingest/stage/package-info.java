/** The books of all stages of a value's trip, put together from the figures they publish. */
@NullMarked
package io.linewright.ingest.stage;

import org.jspecify.annotations.NullMarked;
