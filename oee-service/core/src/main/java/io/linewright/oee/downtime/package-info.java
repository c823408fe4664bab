/**
 * Stops: where they begin and end, what machines and people say of them, and how long they count.
 */
@NullMarked
package io.linewright.oee.downtime;

import org.jspecify.annotations.NullMarked;
