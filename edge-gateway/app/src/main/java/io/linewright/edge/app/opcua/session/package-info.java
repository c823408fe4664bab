/** Opening OPC UA sessions: identity, trust, endpoints, deadlines. */
@NullMarked
package io.linewright.edge.app.opcua.session;

import org.jspecify.annotations.NullMarked;
