/** Named points at which fault drills kill the process. */
@NullMarked
package io.linewright.kit.fault;

import org.jspecify.annotations.NullMarked;
