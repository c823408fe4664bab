/** What machines made: asked for, corrected, and reported by hand. */
@NullMarked
package io.linewright.oee.app.count;

import org.jspecify.annotations.NullMarked;
