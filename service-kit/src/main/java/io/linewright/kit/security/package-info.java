/** Every request authenticated and authorised by role, unless a service says otherwise. */
@NullMarked
package io.linewright.kit.security;

import org.jspecify.annotations.NullMarked;
