/** Forwarding of requests to the services, with limits, time-outs and live streams. */
@NullMarked
package io.linewright.gateway.app.routing;

import org.jspecify.annotations.NullMarked;
