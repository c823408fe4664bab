/** The form that stream logic has: a state and an event give a state and facts. */
@NullMarked
package io.linewright.oee.fold;

import org.jspecify.annotations.NullMarked;
