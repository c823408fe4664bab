/** What a machine's time is computed from. */
@NullMarked
package io.linewright.oee.engine.input;

import org.jspecify.annotations.NullMarked;
