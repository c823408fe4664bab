@NullMarked
package io.linewright.edge.config.change;

import org.jspecify.annotations.NullMarked;
