/** A plant that is played, and a gateway in front of it. */
@NullMarked
package io.linewright.gateway.app.support;

import org.jspecify.annotations.NullMarked;
