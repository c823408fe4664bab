/** Spans of time, and what holds at each instant of them. */
@NullMarked
package io.linewright.oee.time;

import org.jspecify.annotations.NullMarked;
