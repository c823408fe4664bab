/** From what a server tells of its nodes to a proposal of the gateway file. */
@NullMarked
package io.linewright.edge.opcua.browse;

import org.jspecify.annotations.NullMarked;
