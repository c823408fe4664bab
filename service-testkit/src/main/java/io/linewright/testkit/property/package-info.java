/** Seeded random input for property tests. */
@NullMarked
package io.linewright.testkit.property;

import org.jspecify.annotations.NullMarked;
