/** HiveMQ in this process, closed to strangers and unable to end it. */
@NullMarked
package io.linewright.standalone.mqtt;

import org.jspecify.annotations.NullMarked;
