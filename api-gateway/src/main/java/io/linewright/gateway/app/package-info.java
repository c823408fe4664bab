/** The gateway: one port in front of all services, with identity and the dashboard. */
@NullMarked
package io.linewright.gateway.app;

import org.jspecify.annotations.NullMarked;
