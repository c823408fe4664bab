/** How a changed gateway file is noticed, and what of the gateway it changes. */
@NullMarked
package io.linewright.edge.config.change;

import org.jspecify.annotations.NullMarked;
