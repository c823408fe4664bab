@NullMarked
package io.linewright.edge.liveness;

import org.jspecify.annotations.NullMarked;
