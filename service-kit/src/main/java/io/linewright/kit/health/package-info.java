/** Health and meters of what carries records and events: consumers and outbox. */
@NullMarked
package io.linewright.kit.health;

import org.jspecify.annotations.NullMarked;
