/** What the host must remember of a node beyond its own life. */
@NullMarked
package io.linewright.edge.host.ledger;

import org.jspecify.annotations.NullMarked;
