/** What one gateway file says: the gateway, its log, connections, devices and tags. */
@NullMarked
package io.linewright.edge.config;

import org.jspecify.annotations.NullMarked;
