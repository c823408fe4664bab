/** The simulated plant as a program: options, command line, and the thread that lets time pass. */
@NullMarked
package io.linewright.simulator;

import org.jspecify.annotations.NullMarked;
