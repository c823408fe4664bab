/** The page that shows the plant live. */
@NullMarked
package io.linewright.gateway.app.dashboard;

import org.jspecify.annotations.NullMarked;
