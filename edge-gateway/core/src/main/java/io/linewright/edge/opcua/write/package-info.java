/** Values of tags on their way into OPC UA variables. */
@NullMarked
package io.linewright.edge.opcua.write;

import org.jspecify.annotations.NullMarked;
