/** The bridge's MQTT side: a Sparkplug host application's connection and its bounded queue. */
@NullMarked
package io.linewright.edge.app.bridge.mqtt;

import org.jspecify.annotations.NullMarked;
