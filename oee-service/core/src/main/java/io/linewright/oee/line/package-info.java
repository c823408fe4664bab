/** Machines as parts of a line: its state, what first caused a wait, and its bottleneck. */
@NullMarked
package io.linewright.oee.line;

import org.jspecify.annotations.NullMarked;
