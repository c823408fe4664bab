/** Looks at what an OPC UA server has. */
@NullMarked
package io.linewright.edge.app.opcua.browse;

import org.jspecify.annotations.NullMarked;
