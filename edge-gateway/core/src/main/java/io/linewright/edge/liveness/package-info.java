/**
 * When a device counts as silent, how long to wait before the next try, and what a recovery says.
 */
@NullMarked
package io.linewright.edge.liveness;

import org.jspecify.annotations.NullMarked;
