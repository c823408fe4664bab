/** Writes to OPC UA variables: each is sent once, then read back. */
@NullMarked
package io.linewright.edge.app.opcua.write;

import org.jspecify.annotations.NullMarked;
