/** The tags of the gateway while it runs: their aliases, their order, their newest values. */
@NullMarked
package io.linewright.edge.app.tag;

import org.jspecify.annotations.NullMarked;
