/** Which values of a tag are worth reporting. */
@NullMarked
package io.linewright.edge.logic.report;

import org.jspecify.annotations.NullMarked;
