/** Takes a changed gateway file over while the gateway runs, or refuses it. */
@NullMarked
package io.linewright.edge.app.reload;

import org.jspecify.annotations.NullMarked;
