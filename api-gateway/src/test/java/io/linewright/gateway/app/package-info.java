/** The gateway seen from outside: real HTTP, a real database, a played service behind it. */
@NullMarked
package io.linewright.gateway.app;

import org.jspecify.annotations.NullMarked;
