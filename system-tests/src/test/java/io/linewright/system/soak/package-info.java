/** What only time or bad luck shows: long runs, and runs in which processes die. */
@NullMarked
package io.linewright.system.soak;

import org.jspecify.annotations.NullMarked;
