/** What each aggregate keeps of one bucket, and what it makes of it in the end. */
@NullMarked
package io.linewright.ingest.aggregate.calculation;

import org.jspecify.annotations.NullMarked;
