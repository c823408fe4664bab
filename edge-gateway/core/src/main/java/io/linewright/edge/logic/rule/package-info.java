/** Rules over the values of a tag, which say whether something is the case and since when. */
@NullMarked
package io.linewright.edge.logic.rule;

import org.jspecify.annotations.NullMarked;
