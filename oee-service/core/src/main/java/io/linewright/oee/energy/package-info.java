/** Energy that machines take: how much in which time, for what, and its peaks. */
@NullMarked
package io.linewright.oee.energy;

import org.jspecify.annotations.NullMarked;
