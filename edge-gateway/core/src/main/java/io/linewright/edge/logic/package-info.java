/** What the gateway makes of values before they are stored, as folds in the values' own time. */
@NullMarked
package io.linewright.edge.logic;

import org.jspecify.annotations.NullMarked;
