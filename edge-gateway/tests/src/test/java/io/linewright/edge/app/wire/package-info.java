/** What really goes over the wire between our programs and an MQTT broker. */
@NullMarked
package io.linewright.edge.app.wire;

import org.jspecify.annotations.NullMarked;
