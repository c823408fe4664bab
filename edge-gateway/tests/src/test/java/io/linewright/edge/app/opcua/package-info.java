@NullMarked
package io.linewright.edge.app.opcua;

import org.jspecify.annotations.NullMarked;
