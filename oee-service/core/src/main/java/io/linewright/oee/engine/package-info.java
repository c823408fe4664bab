/**
 * The one way from events, calendar, orders and words to figures: stream, REST, export and
 * re-computation all ask {@link io.linewright.oee.engine.MachineEngine}.
 */
@NullMarked
package io.linewright.oee.engine;

import org.jspecify.annotations.NullMarked;
