@NullMarked
package io.linewright.edge.opcua;

import org.jspecify.annotations.NullMarked;
