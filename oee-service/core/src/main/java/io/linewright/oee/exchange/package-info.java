/**
 * What planning systems say and are told, as B2MML V0701 writes it: schedules in, performance out.
 */
@NullMarked
package io.linewright.oee.exchange;

import org.jspecify.annotations.NullMarked;
