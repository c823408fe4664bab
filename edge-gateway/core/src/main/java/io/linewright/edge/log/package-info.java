/** Decisions of the edge's durable log: which lane, how much at once, what again, what is lost. */
@NullMarked
package io.linewright.edge.log;

import org.jspecify.annotations.NullMarked;
