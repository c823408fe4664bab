/** Moves of equipment that people report over REST. */
@NullMarked
package io.linewright.ingest.app.move;

import org.jspecify.annotations.NullMarked;
