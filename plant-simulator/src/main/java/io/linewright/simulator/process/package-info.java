/** The plant in motion: a seeded discrete-event simulation in simulated time, without any clock. */
@NullMarked
package io.linewright.simulator.process;

import org.jspecify.annotations.NullMarked;
