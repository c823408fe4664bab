/** Bytes of Sparkplug B payloads. */
@NullMarked
package io.linewright.edge.app.sparkplug;

import org.jspecify.annotations.NullMarked;
