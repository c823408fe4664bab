/** Everything that a fault may hit, each in a process of its own, and the lines between them. */
@NullMarked
package io.linewright.bench.edgefault.rig;

import org.jspecify.annotations.NullMarked;
