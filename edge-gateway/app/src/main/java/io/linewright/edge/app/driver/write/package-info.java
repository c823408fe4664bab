/** What writes of all protocols have in common. */
@NullMarked
package io.linewright.edge.app.driver.write;

import org.jspecify.annotations.NullMarked;
