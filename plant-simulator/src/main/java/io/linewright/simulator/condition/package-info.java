/** The hidden condition of a machine, and what its sensors make of it. */
@NullMarked
package io.linewright.simulator.condition;

import org.jspecify.annotations.NullMarked;
