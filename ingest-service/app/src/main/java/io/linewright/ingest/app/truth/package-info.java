/** What has been said of samples, and how much of it counts for a reader. */
@NullMarked
package io.linewright.ingest.app.truth;

import org.jspecify.annotations.NullMarked;
