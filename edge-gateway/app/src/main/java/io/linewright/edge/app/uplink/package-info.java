/** The way from the log to MQTT: Sparkplug edge node, windows, re-send, own counters. */
@NullMarked
package io.linewright.edge.app.uplink;

import org.jspecify.annotations.NullMarked;
