/** Gateways over REST, and the watch over the canaries that they send. */
@NullMarked
package io.linewright.ingest.app.gateway;

import org.jspecify.annotations.NullMarked;
