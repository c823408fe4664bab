/** OPC UA values as the platform's: scalars, elements of arrays, fields of structures. */
@NullMarked
package io.linewright.edge.app.opcua.value;

import org.jspecify.annotations.NullMarked;
