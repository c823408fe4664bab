/** What a message says, and what is made of it: batches, events, the node's own tag. */
@NullMarked
package io.linewright.edge.host.content;

import org.jspecify.annotations.NullMarked;
