/**
 * Half-open stretches of time that results are told for: of one width, or days, weeks and months.
 */
@NullMarked
package io.linewright.ingest.bucket;

import org.jspecify.annotations.NullMarked;
