/** Tests of the writes to machines. */
@NullMarked
package io.linewright.edge.command;

import org.jspecify.annotations.NullMarked;
