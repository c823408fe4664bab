/** How far a device's clock is off, and what time its values get. */
@NullMarked
package io.linewright.edge.clock;

import org.jspecify.annotations.NullMarked;
