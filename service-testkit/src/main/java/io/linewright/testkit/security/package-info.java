/** Tokens that services under test accept. */
@NullMarked
package io.linewright.testkit.security;

import org.jspecify.annotations.NullMarked;
