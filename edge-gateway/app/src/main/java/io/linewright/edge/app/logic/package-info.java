/**
 * What becomes of values between the drivers and the log: their time, reporting, summaries, rules.
 */
@NullMarked
package io.linewright.edge.app.logic;

import org.jspecify.annotations.NullMarked;
