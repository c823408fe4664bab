@NullMarked
package io.linewright.edge.opcua.write;

import org.jspecify.annotations.NullMarked;
