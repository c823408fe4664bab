/** Starting, asking and stopping a plant in processes of its own. */
@NullMarked
package io.linewright.bench.plant;

import org.jspecify.annotations.NullMarked;
