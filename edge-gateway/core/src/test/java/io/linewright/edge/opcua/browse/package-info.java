@NullMarked
package io.linewright.edge.opcua.browse;

import org.jspecify.annotations.NullMarked;
