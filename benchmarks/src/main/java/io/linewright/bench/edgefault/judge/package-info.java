/** The rules by which a run with faults is judged; pure. */
@NullMarked
package io.linewright.bench.edgefault.judge;

import org.jspecify.annotations.NullMarked;
