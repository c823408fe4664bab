/** Writes the gateway file that reads the whole plant. */
@NullMarked
package io.linewright.simulator.edgefile;

import org.jspecify.annotations.NullMarked;
