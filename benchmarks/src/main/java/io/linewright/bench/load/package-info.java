/** Samples that a bench makes itself and puts onto the telemetry topic, as the bridge does. */
@NullMarked
package io.linewright.bench.load;

import org.jspecify.annotations.NullMarked;
