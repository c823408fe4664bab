/** The books of all stages over REST. */
@NullMarked
package io.linewright.ingest.app.stage;

import org.jspecify.annotations.NullMarked;
