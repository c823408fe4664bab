/** Tests of what the platform says to a node. */
@NullMarked
package io.linewright.edge.app.uplink.link;

import org.jspecify.annotations.NullMarked;
