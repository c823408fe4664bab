/** OPC UA arithmetic that needs no client: times, node ids, queue sizes. */
@NullMarked
package io.linewright.edge.opcua;

import org.jspecify.annotations.NullMarked;
