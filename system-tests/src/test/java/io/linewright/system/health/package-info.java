/** Gateways in ill health, through the whole trip. */
@NullMarked
package io.linewright.system.health;

import org.jspecify.annotations.NullMarked;
