/** How far the service has come. */
@NullMarked
package io.linewright.oee.app.progress;

import org.jspecify.annotations.NullMarked;
