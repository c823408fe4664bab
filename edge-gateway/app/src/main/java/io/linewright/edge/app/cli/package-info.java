/** {@code ./linewright edge}: commands for those who set a gateway up. */
@NullMarked
package io.linewright.edge.app.cli;

import org.jspecify.annotations.NullMarked;
