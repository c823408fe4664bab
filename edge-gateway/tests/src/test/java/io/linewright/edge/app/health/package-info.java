@NullMarked
package io.linewright.edge.app.health;

import org.jspecify.annotations.NullMarked;
