/** Machine events as they come from Kafka. */
@NullMarked
package io.linewright.oee.app.decode;

import org.jspecify.annotations.NullMarked;
