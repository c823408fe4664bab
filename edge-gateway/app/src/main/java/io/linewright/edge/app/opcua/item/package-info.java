/** Monitored items: created in batches, delivered to tags, read when a subscription was silent. */
@NullMarked
package io.linewright.edge.app.opcua.item;

import org.jspecify.annotations.NullMarked;
