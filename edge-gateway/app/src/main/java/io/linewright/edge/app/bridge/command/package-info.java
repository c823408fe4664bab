/** Commands as the bridge reads them from Kafka. */
@NullMarked
package io.linewright.edge.app.bridge.command;

import org.jspecify.annotations.NullMarked;
