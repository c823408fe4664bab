/** The tags that the machines of a plant have. */
@NullMarked
package io.linewright.simulator.tag;

import org.jspecify.annotations.NullMarked;
