/** Measures the edge gateway alone: OPC UA in, Sparkplug out, counted value by value. */
@NullMarked
package io.linewright.bench.edge;

import org.jspecify.annotations.NullMarked;
