/** How drivers hand over values. */
@NullMarked
package io.linewright.edge.sampling;

import org.jspecify.annotations.NullMarked;
