/** Figures of a tag over windows of time. */
@NullMarked
package io.linewright.edge.logic.summary;

import org.jspecify.annotations.NullMarked;
