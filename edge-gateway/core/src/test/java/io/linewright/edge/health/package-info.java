@NullMarked
package io.linewright.edge.health;

import org.jspecify.annotations.NullMarked;
