/** Errors of HTTP as problem details (RFC 9457). */
@NullMarked
package io.linewright.kit.problem;

import org.jspecify.annotations.NullMarked;
