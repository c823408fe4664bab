@NullMarked
package io.linewright.edge.app;

import org.jspecify.annotations.NullMarked;
