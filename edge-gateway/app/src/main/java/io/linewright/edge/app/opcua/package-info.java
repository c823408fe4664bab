/** OPC UA: one session and one subscription per connection, on Eclipse Milo. */
@NullMarked
package io.linewright.edge.app.opcua;

import org.jspecify.annotations.NullMarked;
