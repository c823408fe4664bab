/** Commands on their way from Kafka to gateways, as one fold. */
@NullMarked
package io.linewright.edge.host.command;

import org.jspecify.annotations.NullMarked;
