/** Memory, latency and repeated events, measured by means that outsiders have too. */
@NullMarked
package io.linewright.bench.measure;

import org.jspecify.annotations.NullMarked;
