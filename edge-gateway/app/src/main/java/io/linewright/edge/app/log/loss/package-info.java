/** Values that did not make it: losses that are not told yet, and records set aside. */
@NullMarked
package io.linewright.edge.app.log.loss;

import org.jspecify.annotations.NullMarked;
