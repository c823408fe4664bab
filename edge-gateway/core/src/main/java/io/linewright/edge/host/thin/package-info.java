/** Values and progress of which only some become events, so that readers are not flooded. */
@NullMarked
package io.linewright.edge.host.thin;

import org.jspecify.annotations.NullMarked;
