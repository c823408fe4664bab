/** Tests of the package of the same name. */
@NullMarked
package io.linewright.gateway.app.routing;

import org.jspecify.annotations.NullMarked;
