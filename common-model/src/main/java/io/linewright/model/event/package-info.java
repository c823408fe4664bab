/**
 * Published events: CloudEvents attributes and one record per event type, grouped by their owner.
 */
@NullMarked
package io.linewright.model.event;

import org.jspecify.annotations.NullMarked;
