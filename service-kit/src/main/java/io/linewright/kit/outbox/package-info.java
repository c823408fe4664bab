/** Events that leave with the transaction that caused them, exactly once on their topic. */
@NullMarked
package io.linewright.kit.outbox;

import org.jspecify.annotations.NullMarked;
