/** Reads plant files and says exactly what is wrong in them. */
@NullMarked
package io.linewright.simulator.plantfile;

import org.jspecify.annotations.NullMarked;
