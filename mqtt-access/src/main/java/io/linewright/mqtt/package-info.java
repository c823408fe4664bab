/** Who may connect to the MQTT broker and which topics each may use, as a HiveMQ extension. */
@NullMarked
package io.linewright.mqtt;

import org.jspecify.annotations.NullMarked;
