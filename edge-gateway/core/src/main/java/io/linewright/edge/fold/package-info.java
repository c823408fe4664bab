/** The form that decisions have in the cores: a state and an input give a state and facts. */
@NullMarked
package io.linewright.edge.fold;

import org.jspecify.annotations.NullMarked;
