/** Random faults between machines and bridge, and whether every value is there or told as lost. */
@NullMarked
package io.linewright.bench.edgefault;

import org.jspecify.annotations.NullMarked;
