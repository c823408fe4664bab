/** What a plant consists of: sites, lines, machines, their behaviour and their tags. */
@NullMarked
package io.linewright.simulator.plant;

import org.jspecify.annotations.NullMarked;
