/** One connection to the broker, under which names it speaks, and what happens on it. */
@NullMarked
package io.linewright.edge.app.uplink.link;

import org.jspecify.annotations.NullMarked;
