/** Where equipment was and is, and what its tags' values mean over time: pure rules. */
@NullMarked
package io.linewright.ingest.registry;

import org.jspecify.annotations.NullMarked;
