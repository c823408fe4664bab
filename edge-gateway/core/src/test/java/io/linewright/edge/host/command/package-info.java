/** Tests of commands on their way to gateways. */
@NullMarked
package io.linewright.edge.host.command;

import org.jspecify.annotations.NullMarked;
