/**
 * Tells the platform how the gateway, its connections and its devices are, and sends the canary.
 */
@NullMarked
package io.linewright.edge.app.health;

import org.jspecify.annotations.NullMarked;
