/** Reads the gateway file and says, line by line, what is wrong with it. */
@NullMarked
package io.linewright.edge.app.config;

import org.jspecify.annotations.NullMarked;
