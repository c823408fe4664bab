@NullMarked
package io.linewright.edge.app.driver;

import org.jspecify.annotations.NullMarked;
