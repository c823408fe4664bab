/** What Sparkplug births declare, and how values are read by it. */
@NullMarked
package io.linewright.edge.host.birth;

import org.jspecify.annotations.NullMarked;
