@NullMarked
package io.linewright.edge.app.reload;

import org.jspecify.annotations.NullMarked;
