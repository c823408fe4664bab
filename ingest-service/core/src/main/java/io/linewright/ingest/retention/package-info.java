/** How long samples and roll-ups are kept. */
@NullMarked
package io.linewright.ingest.retention;

import org.jspecify.annotations.NullMarked;
