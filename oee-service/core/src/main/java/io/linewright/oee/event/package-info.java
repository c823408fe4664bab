/** What a machine has said: its events, the log that keeps each of them once, and the fold. */
@NullMarked
package io.linewright.oee.event;

import org.jspecify.annotations.NullMarked;
